// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// The main job on real input: real Jupyter Servers, the real binary, only the cloud simulated.
@Suite(.timeLimit(.minutes(20)), .serialized)
struct RealJupyterTests {
    @Test
    func `I4 D20: the idle notebook is stopped on time, the silently busy one is not, and probing moves no stamp`()
        async throws
    {
        try await RealJupyterServer.with { idle in
            try await RealJupyterServer.with { busy in
                try await idle.use("run", "--wait", "1 + 1")
                try await busy.use("run", "import time; time.sleep(600)")
                try await watch(idle: idle, busy: busy)
            }
        }
    }

    private func watch(idle: RealJupyterServer, busy: RealJupyterServer) async throws {
        let now = milliseconds()
        let scenario = Scenario(
            start: now,
            notebooks: [notebook("forgotten", idle, now), notebook("silent-training", busy, now)]
        )
        let before = (idle: try await stamps(of: idle), busy: try await stamps(of: busy))
        let lastActivity = try #require(before.idle.kernel)
        // Both have been quiet for as long; the budget ends some seconds after the daemon's start.
        let budget = milliseconds() - lastActivity + 6_000
        try await withRunningSimulator(scenario, time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(
                    PolicyText.text(
                        simulator.access,
                        pollEvery: "20s",
                        rules: "  - { name: all, idle: { budget: \(budget)ms, evidence: [jupyter] } }"
                    )
                )
                try await Daemon.with(workspace) { daemon in
                    let stop = try #require(
                        await eventually { simulator.cloud.records.first { $0.operation == .stopNotebook } },
                        "no stop came:\n\(daemon.lines.joined(separator: "\n"))"
                    )
                    let deadline = lastActivity + budget
                    #expect(stop.notebook == simulator.cloud.notebook(named: "forgotten")?.id)
                    #expect(stop.at >= deadline, "the stop came \(deadline - stop.at) ms early")
                    #expect(stop.at <= deadline + 1_000, "the stop came \(stop.at - deadline) ms late")
                    _ = try #require(await daemon.line("stopped forgotten"))
                    #expect(simulator.cloud.records.count { $0.operation == .stopNotebook } == 1)
                    #expect(simulator.cloud.notebook(named: "silent-training")?.status == .running)
                }
            }
        }
        let after = (idle: try await stamps(of: idle), busy: try await stamps(of: busy))
        #expect(after.idle == before.idle)
        #expect(after.busy == before.busy)
    }

    private func notebook(_ name: String, _ server: RealJupyterServer, _ now: Int64) -> ScenarioNotebook {
        ScenarioNotebook(name, owner: "alice", createdAt: now - 86_400_000).with {
            $0.lease = 72 * 3_600_000
            $0.startedAt = now - 60_000
            $0.behaviour = .external(url: "\(server.url)lab", token: server.token)
        }
    }

    /// The stamps that a probe could disturb: the server's own, and the first kernel's.
    private struct Stamps: Equatable {
        var server: String
        var kernel: Int64?
    }

    private func stamps(of server: RealJupyterServer) async throws -> Stamps {
        let script = """
            import json, sys, urllib.request, datetime
            base, token = sys.argv[1:]
            def get(path):
                request = urllib.request.Request(base + path + "?no_track_activity=1")
                request.add_header("Authorization", "token " + token)
                return json.load(urllib.request.urlopen(request, timeout=10))
            kernel = get("api/kernels")[0]["last_activity"]
            stamp = datetime.datetime.fromisoformat(kernel.replace("Z", "+00:00")).timestamp()
            print(json.dumps({"server": get("api/status")["last_activity"], "kernel": str(int(stamp * 1000))}))
            """
        let result = try await FinishedProcess.run(try Repository.python(), ["-c", script, server.url, server.token])
        try #require(result.status == 0, "\(result.errors)")
        let texts = try JSONDecoder().decode([String: String].self, from: result.output)
        return Stamps(server: try #require(texts["server"]), kernel: texts["kernel"].flatMap(Int64.init))
    }

    private func milliseconds() -> Int64 { SimulatorTime.system.now() }
}
