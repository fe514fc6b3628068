// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// A daemon with a small fleet of which three stops are due, more than its guard lets go by itself.
struct VerbFleet {
    let workspace: Workspace
    let daemon: Daemon
    private let simulator: RunningSimulator

    private static let hour: Int64 = 3_600_000

    private static func notebooks(_ now: Int64) -> [ScenarioNotebook] {
        func notebook(_ name: String, _ id: String, _ owner: String, _ behaviour: Behaviour) -> ScenarioNotebook {
            ScenarioNotebook(name, owner: owner, createdAt: now - 72 * hour).with {
                $0.id = "\(id)-0000-4000-8000-000000000000"
                $0.startedAt = now - 8 * hour
                $0.lease = 72 * hour
                $0.leaseGivenAt = now - hour
                $0.behaviour = behaviour
            }
        }
        return [
            notebook("训练-llm", "a0000001", "alice", .silentTraining(from: now - 6 * hour, to: now + 6 * hour)),
            notebook("forgotten-1", "f0000001", "bob", .idleSince(now - 5 * hour)),
            notebook("forgotten-2", "f0000002", "bob", .idleSince(now - 4 * hour)),
            notebook("forgotten-3", "f0000003", "bob", .idleSince(now - 3 * hour)),
            notebook("eval", "a0000002", "carol", .idleSince(now - 2 * hour)).with {
                $0.tags = [.init("keep-alive", "true")]
            },
            notebook("dashboard", "a0000003", "frank", .idleSince(now - hour / 2)),
            notebook("sleeping", "a0000004", "grace", .untouched).with { $0.status = .stopped },
        ]
    }

    private static let rules = """
          - { name: marked by its user, match: { marked: true }, keepAlive: {} }
          - { name: everyone else, idle: { budget: 1h } }
        """

    /// Runs `body` once the daemon holds the three stops.
    static func withDaemon(_ body: (VerbFleet) async throws -> Void) async throws {
        let now = SimulatorTime.system.now()
        let scenario = Scenario(start: now, notebooks: notebooks(now))
        try await withRunningSimulator(scenario, time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try writePolicy(rules, workspace, simulator)
                try await Daemon.with(workspace) { daemon in
                    let fleet = VerbFleet(workspace: workspace, daemon: daemon, simulator: simulator)
                    let held = await eventually { await fleet.heldStops == 3 ? true : nil }
                    try #require(held == true, "\(daemon.lines)")
                    try await body(fleet)
                }
            }
        }
    }

    /// Puts other rules into the policy's file.
    func writePolicy(rules: String) throws { try Self.writePolicy(rules, workspace, simulator) }

    /// The first look at all of them falls into the cold start, so that their stops are due at the same time.
    private static func writePolicy(_ rules: String, _ workspace: Workspace, _ simulator: RunningSimulator) throws {
        let prices = "prices: { currency: EUR, perHour: [{ flavor: \"*\", price: 2.40 }] }\n"
        let text = PolicyText.text(
            simulator.access,
            coldStart: "5s",
            stops: "{ count: 1, within: 1h }",
            rules: rules
        )
        try workspace.writePolicy("\(text)\n\(prices)")
    }

    private var heldStops: Int {
        get async {
            let status = await json("status")
            return (status["heldStops"] as? [String])?.count ?? 0
        }
    }

    /// What the verb prints as JSON; nothing where it fails.
    private func json(_ arguments: String...) async -> [String: Any] {
        let result = try? await curfew(arguments + ["--json", "--runtime-dir", workspace.runtime.path()])
        let document = result.flatMap { try? JSONSerialization.jsonObject(with: Data($0.output.utf8)) }
        return document as? [String: Any] ?? [:]
    }

    /// Whether the notebook is being stopped before long, and its stop confirmed.
    func stops(_ name: String) async -> Bool {
        await eventually { () -> Bool? in
            let explanation = await json("explain", name)
            let actions = (explanation["recorded"] as? [String: Any])?["actions"] as? [[String: Any]]
            let status = (explanation["notebook"] as? [String: Any])?["status"] as? String
            return status == "STOPPING" && actions?.last?["state"] as? String == "confirmed" ? true : nil
        } == true
    }

    /// The ids of the notebooks to which anything was done in the cloud, in order.
    var changed: [String?] { simulator.cloud.records.filter(\.isMutation).map(\.notebook) }
}
