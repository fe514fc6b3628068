// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// The built daemon and what it keeps in its state directory.
@Suite(.timeLimit(.minutes(10)), .serialized)
struct LedgerTests {
    private static let hour: Int64 = 3_600_000

    /// A notebook that has been idle for two hours, or one that is kept alive and whose lease is about to run out.
    private static func cloud(kept: Bool) -> Scenario {
        let now = SimulatorTime.system.now()
        let notebook = ScenarioNotebook("a", owner: "alice", createdAt: now - 48 * hour).with {
            $0.startedAt = now - 4 * hour
            $0.lease = kept ? hour + 60_000 : 24 * hour
            $0.leaseGivenAt = now - hour
            $0.behaviour = .idleSince(now - 2 * hour)
        }
        return Scenario(start: now, notebooks: [notebook])
    }

    private static func rules(kept: Bool) -> String {
        kept ? "  - { name: kept, keepAlive: {} }" : "  - { name: all, idle: { budget: 1h } }"
    }

    private static let points = [
        "before-intent", "after-intent", "after-gathering", "before-call", "after-call", "after-confirmation",
        "before-outcome", "after-outcome",
    ]

    @Test(arguments: points, [false, true])
    func `I8, D25: killed at any point of an action and started again, it does the action once`(
        _ point: String,
        _ kept: Bool
    ) async throws {
        try await withRunningSimulator(Self.cloud(kept: kept), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: Self.rules(kept: kept)))
                try await Daemon.with(workspace, environment: ["CURFEW_CRASH_AT": point]) { daemon in
                    #expect(await daemon.exitStatus() == SIGKILL)
                }
                try await Daemon.with(workspace) { daemon in
                    if !["before-intent", "after-outcome"].contains(point) {
                        let happened = ["after-call", "after-confirmation", "before-outcome"].contains(point)
                        let found = await daemon.line("found open from before the start")
                        #expect(
                            found?.contains(happened ? "it has happened" : "it has not happened") == true,
                            "\(point)"
                        )
                    }
                    // Two listings later nothing is left to do.
                    let done = await eventually { mutations(simulator).isEmpty ? nil : true }
                    #expect(done != nil)
                    let listings = listings(simulator)
                    _ = await eventually { self.listings(simulator) > listings + 2 ? true : nil }
                }
                #expect(mutations(simulator).count == 1, "\(point)")
            }
        }
    }

    private func mutations(_ simulator: RunningSimulator) -> [RequestRecord] {
        simulator.cloud.records.filter(\.isMutation)
    }

    private func listings(_ simulator: RunningSimulator) -> Int {
        simulator.cloud.records.count { $0.operation == .listAllNotebooks }
    }

    @Test
    func `a second daemon on the same state directory ends with 75 and names the first`() async throws {
        try await withRunningSimulator(.empty(start: SimulatorTime.system.now()), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: "  - { name: all, exempt: true }"))
                try await Daemon.with(workspace) { daemon in
                    _ = await eventually { self.listings(simulator) > 0 ? true : nil }
                    let options = [
                        "run", "--log", "stderr", "--state-dir", workspace.state.path(), "--runtime-dir",
                        workspace.runtime.path(),
                    ]
                    let second = try await curfew(options + workspace.arguments)
                    #expect(second.status == 75)
                    #expect(second.errors.contains("process \(daemon.id)"), "\(second.errors)")
                }
            }
        }
    }

    @Test
    func `a damaged ledger is kept, and holds stops but no renewals until the next start`() async throws {
        try await withRunningSimulator(Self.cloud(kept: false), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                let garbage = Data("this is no ledger\n".utf8)
                try garbage.write(to: workspace.state.appending(path: "curfew.sqlite"))
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: Self.rules(kept: false)))
                try await Daemon.with(workspace) { daemon in
                    #expect(await daemon.line("stops are held: the ledger cannot be used") != nil)
                    #expect(await daemon.line("due to stop a (alice)") != nil)
                    let listings = listings(simulator)
                    _ = await eventually { self.listings(simulator) > listings + 2 ? true : nil }
                    #expect(mutations(simulator).isEmpty)
                }
                let names = try FileManager.default.contentsOfDirectory(atPath: workspace.state.path())
                let kept = try #require(names.first { $0.hasPrefix("curfew.sqlite.corrupt-") })
                #expect(try Data(contentsOf: workspace.state.appending(path: kept)) == garbage)
                try await Daemon.with(workspace) { daemon in
                    #expect(await daemon.line("stopped a (alice)") != nil)
                }
            }
        }
    }

    @Test
    func `a state directory that cannot be used ends with 78 and what to do`() async throws {
        try await withRunningSimulator(.empty(start: 0), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: "  - { name: all, exempt: true }"))
                let missing = workspace.folder.appending(path: "nowhere").path()
                let result = try await curfew(
                    ["run", "--log", "stderr", "--state-dir", missing, "--runtime-dir", workspace.runtime.path()]
                        + workspace.arguments
                )
                #expect(result.status == 78)
                #expect(result.errors.contains("nowhere"), "\(result.errors)")
            }
        }
    }
}
