// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// The daemon with metrics beside Jupyter: a real Prometheus, and the cloud's own service.
@Suite(.timeLimit(.minutes(20)), .serialized)
struct MetricsTests {
    /// Notebooks whose Jupyter servers have been idle for two hours.
    private func scenario(_ names: String..., now: Int64) -> Scenario {
        Scenario(
            start: now,
            notebooks: names.map {
                ScenarioNotebook($0, owner: "alice", createdAt: now - 86_400_000).with {
                    $0.lease = 72 * 3_600_000
                    $0.startedAt = now - 14_400_000
                    $0.behaviour = .idleSince(now - 7_200_000)
                }
            }
        )
    }

    @Test
    func `I3 D3: the stop comes once the last use of any source is a budget and a lag ago, not after twice the budget`()
        async throws
    {
        let names = (forgotten: "forgotten", training: "training", unseen: "unseen")
        let scenario = scenario(names.forgotten, names.training, names.unseen, now: now())
        try await withRunningSimulator(scenario, time: .system) { simulator in
            func id(_ name: String) throws -> String { try #require(simulator.cloud.notebook(named: name)).id }
            let training = "use{id=\"\(try id(names.training))\"} 90"
            let forgotten = "use{id=\"\(try id(names.forgotten))\"}"
            let budget: Int64 = 15_000
            try await RealPrometheus.with(showing: [training, "\(forgotten) 50"]) { prometheus in
                try await Workspace.with(simulator.access) { workspace in
                    let query = "max by (id) (max_over_time(use[{window}]))"
                    try workspace.writePolicy(
                        PolicyText.text(
                            simulator.access,
                            evidence: [
                                "accelerator": "{ kind: prometheus, endpoint: '\(prometheus.url)', query: '\(query)', "
                                    + "notebookLabel: id, activeAbove: 1, lag: 3s }"
                            ],
                            rules: "  - { name: all, idle: { budget: 15s, evidence: [jupyter, accelerator] } }"
                        )
                    )
                    #expect(await eventually { prometheus.metrics.scrapes >= 3 ? true : nil } == true)
                    try await Daemon.with(workspace) { daemon in
                        let lastUse = now()
                        prometheus.metrics.show([training, "\(forgotten) 0"])
                        let stop = try #require(
                            await eventually { simulator.cloud.records.first { $0.operation == .stopNotebook } },
                            "no stop came:\n\(daemon.lines.joined(separator: "\n"))"
                        )
                        #expect(stop.notebook == (try id(names.forgotten)))
                        #expect(stop.at >= lastUse + budget, "the stop came \(stop.at - lastUse) ms after the last use")
                        #expect(stop.at < lastUse + 2 * budget, "the stop came only \(stop.at - lastUse) ms after it")
                        _ = try #require(await daemon.line("stopped forgotten"))
                        let plan = try await curfew(["plan"] + workspace.arguments)
                        #expect(plan.output.contains("no series has the notebook's id as its id"), "\(plan)")
                        // Neither does the end of all metrics stop anything.
                        prometheus.metrics.die()
                        let sweeps = sweeps(simulator)
                        #expect(await eventually { self.sweeps(simulator) >= sweeps + 5 ? true : nil } == true)
                        #expect(simulator.cloud.records.count { $0.operation == .stopNotebook } == 1)
                    }
                }
            }
        }
    }

    @Test(arguments: ["accessKey", "password", "agency"])
    func `a metrics service of the same cloud is asked with the daemon's own credentials`(kind: String) async throws {
        try await withRunningSimulator(scenario("idle", "busy", now: now()), time: .system) { simulator in
            let access = simulator.access
            let ids = try ["idle", "busy"].map { try #require(simulator.cloud.notebook(named: $0)).id }
            simulator.cloud.setMetrics([ids[0]: 0, ids[1]: 90])
            try await Workspace.with(access) { workspace in
                try workspace.writePolicy(
                    PolicyText.text(
                        access,
                        credentials: access.credentials(kind),
                        evidence: ["aom": Self.aom(access)],
                        rules: "  - { name: all, idle: { budget: 1h, evidence: [jupyter, aom] } }"
                    )
                )
                try await Daemon.with(workspace) { daemon in
                    _ = try #require(
                        await daemon.line("stopped idle"),
                        "no stop came:\n\(daemon.lines.joined(separator: "\n"))"
                    )
                    let queries = simulator.cloud.records.filter { $0.operation == .queryMetrics }
                    #expect(!queries.isEmpty)
                    #expect(queries.allSatisfy { $0.status == 200 && $0.identity != nil }, "\(queries)")
                    #expect(simulator.cloud.notebook(named: "busy")?.status == .running)
                }
            }
        }
    }

    /// The cloud's metrics service, as a policy names it.
    static func aom(_ access: SimulatorAccess) -> String {
        let query = "max by (service_id) (max_over_time(ma_container_gpu_util[{window}]))"
        return "{ kind: prometheus, endpoint: '\(access.endpoint)/v1/{projectID}/aom', query: '\(query)', "
            + "notebookLabel: service_id, activeAbove: 1, auth: cloud }"
    }

    private func sweeps(_ simulator: RunningSimulator) -> Int {
        simulator.cloud.records.count { $0.operation == .listAllNotebooks }
    }

    private func now() -> Int64 { SimulatorTime.system.now() }
}
