// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// The built daemon under a policy with budgets.
@Suite(.timeLimit(.minutes(10)), .serialized)
struct BudgetTests {
    private static let rules = """
          - name: seconds
            match: {spent: {per: owner, within: 10h, hours: 0.002, cost: 1000, warnAt: 50%}}
            stop: {}
          - { name: others, exempt: true }
        prices: {currency: EUR, perHour: [{flavor: "*", price: 2.40}]}
        """

    private static func cloud() -> Scenario {
        let now = SimulatorTime.system.now()
        let notebook = ScenarioNotebook("a", owner: "alice", createdAt: now - 48 * 3_600_000).with {
            $0.startedAt = now - 4 * 3_600_000
            $0.lease = 24 * 3_600_000
            $0.leaseGivenAt = now - 3_600_000
            $0.behaviour = .idleSince(now - 2 * 3_600_000)
        }
        return Scenario(start: now, notebooks: [notebook])
    }

    @Test
    func `a budget is warned of, spent over a restart, and its notebook stopped with what was used`() async throws {
        try await withRunningSimulator(Self.cloud(), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                // The first daemon only looks on, however long it takes to be ended.
                try workspace.writePolicy(PolicyText.text(simulator.access, mode: "observe", rules: Self.rules))
                try await Daemon.with(workspace) { daemon in
                    let warning = await daemon.line("budget nearly spent: used 3s of 7s by owner alice within 10h")
                    #expect(warning != nil, "\(daemon.lines)")
                    // With its end everything that it told is in the ledger.
                    daemon.signal(SIGTERM)
                    #expect(await daemon.exitStatus() == 0)
                }
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: Self.rules))
                try await checkPlan(workspace)
                try await Daemon.with(workspace) { daemon in
                    let stop = await daemon.line("stopping a (alice): to be stopped by rule")
                    #expect(
                        stop?.contains("s of 7s by owner alice within 10h [rule \"seconds\"]") == true,
                        "\(stop ?? "")"
                    )
                    #expect(await daemon.line("stopped a (alice)") != nil)
                    // The one before has told it.
                    #expect(daemon.count("Z notice budget nearly spent") == 0)
                }
                #expect(simulator.cloud.records.count { $0.isMutation } == 1)
            }
        }
    }

    /// What `plan` says of the budget with the ledger, without it, and where it is named and missing.
    private func checkPlan(_ workspace: Workspace) async throws {
        func plan(_ options: String...) async throws -> (status: CInt?, output: String, errors: String) {
            try await curfew(["plan"] + workspace.arguments + options)
        }
        let known = try await plan("--state-dir", workspace.state.path())
        #expect(known.status == 0 && !known.errors.contains("ledger"), "\(known.errors)")
        #expect(known.output.contains("s of 7s by owner alice within 10h"), "\(known.output)")
        let elsewhere = workspace.folder.appending(path: "no-ledger").path()
        #expect(try await plan("--state-dir", elsewhere).status == 78)
    }
}
