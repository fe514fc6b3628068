// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct BacktestTests {
    private static let hour: Int64 = 3_600_000

    /// A notebook that has been idle for two hours.
    private static var cloud: Scenario {
        let now = SimulatorTime.system.now()
        let notebook = ScenarioNotebook("a", owner: "alice", createdAt: now - 48 * hour).with {
            $0.startedAt = now - 4 * hour
            $0.lease = 24 * hour
            $0.leaseGivenAt = now - hour
            $0.behaviour = .idleSince(now - 2 * hour)
        }
        return Scenario(start: now, notebooks: [notebook])
    }

    @Test
    func `a backtest beside the running daemon finds the stop that it made, and changes nothing`() async throws {
        try await withRunningSimulator(Self.cloud, time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                let rules = "  - { name: all, idle: { budget: 1h } }"
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: rules))
                let kept = workspace.folder.appending(path: "kept.yaml")
                try Data(PolicyText.text(simulator.access, rules: "  - { name: kept, keepAlive: {} }").utf8)
                    .write(to: kept)
                try await Daemon.with(workspace) { _ in
                    let output = await eventually {
                        let output = await Self.backtest(workspace, kept)
                        return Self.stopped(output) ? output : nil
                    }
                    let document = try #require(output.flatMap(Self.document))
                    let inForce = try #require(document["inForce"] as? [String: Any])
                    let stops = try #require(inForce["stops"] as? [[String: Any]])
                    #expect(stops.map { $0["rule"] as? String } == ["all"])
                    #expect(stops.first?["stoppedAt"] is String)
                    #expect(((document["new"] as? [String: Any])?["stops"] as? [Any])?.isEmpty == true)
                }
                #expect(simulator.cloud.records.count(where: \.isMutation) == 1)
            }
        }
    }

    @Test
    func `a backtest without a ledger says where to look`() async throws {
        try await withTemporaryFolder { folder in
            let policy = folder.appending(path: "policy.yaml")
            try FileManager.default.copyItem(
                at: Repository.root.appending(path: "config/policy.example.yaml"),
                to: policy
            )
            let result = try await FinishedProcess.run(
                Repository.product("curfew"),
                ["backtest", "--policy", policy.path(), "--against", policy.path(), "--state-dir", folder.path()]
            )
            #expect(result.status == 78)
            #expect(result.errors.contains("--state-dir"))
        }
    }

    private static func backtest(_ workspace: Workspace, _ candidate: URL) async -> Data {
        let result = try? await FinishedProcess.run(
            Repository.product("curfew"),
            ["backtest", "--policy", candidate.path(), "--against", workspace.policy.path()]
                + ["--state-dir", workspace.state.path(), "--json"]
        )
        return result?.output ?? Data()
    }

    private static func document(_ output: Data) -> [String: Any]? {
        (try? JSONSerialization.jsonObject(with: output)) as? [String: Any]
    }

    /// Whether the daemon has stopped its notebook, as the ledger tells.
    private static func stopped(_ output: Data) -> Bool {
        (document(output)?["actual"] as? [String: Any])?["stops"] as? Int == 1
    }
}
