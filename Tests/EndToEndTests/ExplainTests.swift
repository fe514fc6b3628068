// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct ExplainTests {
    private static let hour: Int64 = 3_600_000

    /// A notebook that has been idle for two hours, and one of the same name that is in use.
    private static var cloud: Scenario {
        let now = SimulatorTime.system.now()
        func notebook(_ name: String, _ behaviour: Behaviour) -> ScenarioNotebook {
            ScenarioNotebook(name, owner: "alice", createdAt: now - 48 * hour).with {
                $0.startedAt = now - 4 * hour
                $0.lease = 72 * hour
                $0.leaseGivenAt = now - hour
                $0.behaviour = behaviour
            }
        }
        return Scenario(
            start: now,
            notebooks: [
                notebook("idle", .idleSince(now - 2 * hour)),
                notebook("busy", .silentTraining(from: now - 3 * hour, to: now + 9 * hour)),
            ]
        )
    }

    private static func explain(_ workspace: Workspace, _ arguments: String...) async throws -> FinishedProcess {
        try await FinishedProcess.run(
            Repository.product("curfew"),
            ["explain"] + arguments + ["--state-dir", workspace.state.path(), "--policy", workspace.policy.path()]
        )
    }

    private static func document(_ output: Data) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
    }

    @Test
    func `I14: a stop is explained from the ledger, as it is now and as it was when it was decided`() async throws {
        try await withRunningSimulator(Self.cloud, time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                let rules = """
                      - { name: bob's, match: { owner: bob }, keepAlive: {} }
                      - { name: all, idle: { budget: 1h } }
                    """
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: rules))
                try await Daemon.with(workspace) { _ in
                    let stopped = await eventually {
                        let result = try? await Self.explain(workspace, "idle", "--json")
                        let document = result.flatMap { try? Self.document($0.output) }
                        let actions = (document?["recorded"] as? [String: Any])?["actions"] as? [[String: Any]]
                        return actions?.first?["state"] as? String == "confirmed" ? actions?.first : nil
                    }
                    let decidedAt = try #require(stopped?["decidedAt"] as? String)
                    let then = try Self.document(
                        try await Self.explain(workspace, "idle", "--at", decidedAt, "--json").output
                    )
                    #expect(then["action"] as? String == "stop")
                    #expect(then["rule"] as? String == "all")
                    #expect((then["recorded"] as? [String: Any])?["samePolicy"] as? Bool == true)
                    let shown = try await Self.explain(workspace, "idle", "--at", decidedAt).output
                    let text = String(decoding: shown, as: UTF8.self)
                    #expect(text.contains("owner is alice"))
                    #expect(text.contains("the rule wants bob"))
                    #expect(text.contains("> 2"))
                    let busy = try Self.document(try await Self.explain(workspace, "busy", "--json").output)
                    #expect(busy["action"] as? String == "leave")
                }
            }
        }
    }

    @Test
    func `a name that no notebook has, or more than one, and a future instant are usage errors`() async throws {
        try await withRunningSimulator(Self.cloud, time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: "  - { name: all, exempt: true }"))
                try await Daemon.with(workspace) { _ in
                    let isThere = await eventually {
                        (try? await Self.explain(workspace, "busy"))?.status == 0 ? true : nil
                    }
                    #expect(isThere == true)
                    let unknown = try await Self.explain(workspace, "nobody's")
                    #expect(unknown.status == 64)
                    #expect(unknown.errors.contains("nobody's"))
                    let future = try await Self.explain(workspace, "busy", "--at", "+3h")
                    #expect(future.status == 64)
                    #expect(future.errors.contains("curfew plan --at"))
                    let past = try await Self.explain(workspace, "busy", "--at", "-30d")
                    #expect(past.status == 1)
                }
            }
        }
    }
}
