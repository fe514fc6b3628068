// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct RecordsTests {
    private static let hour: Int64 = 3_600_000
    private static let prices = "prices: {currency: EUR, perHour: [{flavor: \"*\", price: 2.40}]}\n"

    /// A notebook that has been idle for two hours, and one that is kept alive and whose lease ends soon.
    private static var cloud: Scenario {
        let now = SimulatorTime.system.now()
        let idle = ScenarioNotebook("idle-训练", owner: "alice", createdAt: now - 48 * hour).with {
            $0.startedAt = now - 4 * hour
            $0.lease = 24 * hour
            $0.leaseGivenAt = now - hour
            $0.behaviour = .idleSince(now - 2 * hour)
        }
        let kept = ScenarioNotebook("kept", owner: "bob", createdAt: now - 48 * hour).with {
            $0.startedAt = now - 4 * hour
            $0.lease = 2 * hour
            $0.leaseGivenAt = now - 2 * hour + 600_000
            $0.behaviour = .idleSince(now - 2 * hour)
        }
        return Scenario(start: now, notebooks: [idle, kept])
    }

    private static let rules = """
          - { name: release, match: { name: kept }, keepAlive: {} }
          - { name: all, idle: { budget: 1h } }
        """

    @Test
    func `history and report tell what the running daemon did`() async throws {
        try await withRunningSimulator(Self.cloud, time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: Self.rules) + "\n" + Self.prices)
                try await Daemon.with(workspace) { _ in
                    let found = await eventually { () -> [[String: Any]]? in
                        let actions = await Self.actions(workspace)
                        return actions.count(where: { $0["confirmedAt"] is String }) == 2 ? actions : nil
                    }
                    let actions = try #require(found)
                    try await check(actions, workspace)
                    try await checkReport(workspace)
                    try await checkThroughDaemon(workspace)
                    try await checkWithoutDaemon(workspace)
                }
            }
        }
    }

    private func check(_ actions: [[String: Any]], _ workspace: Workspace) async throws {
        let stop = try #require(actions.first { $0["action"] as? String == "stop" })
        #expect(stop["rule"] as? String == "all" && stop["attempts"] as? Int == 1 && stop["sentAt"] is String)
        #expect((stop["notebook"] as? [String: Any])?["owner"] as? String == "alice")
        let renewal = try #require(actions.first { $0["action"] as? String == "prolong" })
        #expect(renewal["rule"] as? String == "release" && renewal["person"] is NSNull)

        let text = try await Self.run(workspace, ["history", "kept"])
        #expect(text.status == 0)
        #expect(text.words.contains("prolong") && !text.words.contains("idle-"))
        let unknown = try await Self.run(workspace, ["history", "nobody"])
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("no notebook"))
    }

    private func checkReport(_ workspace: Workspace) async throws {
        let policy = ["--policy", workspace.policy.path()]
        let json = try await Self.run(workspace, ["report", "--json"] + policy)
        let report = try #require(try JSONSerialization.jsonObject(with: json.output) as? [String: Any])
        let total = try #require(report["total"] as? [String: Any])
        #expect(report["currency"] as? String == "EUR")
        #expect(total["stops"] as? Int == 1 && total["renewals"] as? Int == 1)
        let owners = try #require((report["by"] as? [String: Any])?["owner"] as? [[String: Any]])
        #expect(Set(owners.compactMap { $0["name"] as? String }) == ["alice", "bob"])
        let csv = try await Self.run(workspace, ["report", "--csv", "--by", "rule"] + policy)
        #expect(csv.words.hasPrefix("rule,key,running_hours,") && csv.words.contains("\r\nall,all,"))
        let text = try await Self.run(workspace, ["report"] + policy)
        #expect(text.words.contains("SAVED EUR") && text.words.contains("total"))
    }

    /// The daemon tells the same as its ledger, with the prices of its own policy.
    private func checkThroughDaemon(_ workspace: Workspace) async throws {
        func ask(_ arguments: [String]) async throws -> FinishedProcess {
            let runtime = ["--runtime-dir", workspace.runtime.path()]
            return try await FinishedProcess.run(Repository.product("curfew"), arguments + runtime)
        }
        let history = try await ask(["history", "kept"])
        #expect(history.status == 0 && history.words.contains("prolong") && history.errors.isEmpty)
        #expect(try await ask(["history", "nobody"]).status == 64)
        let report = try await ask(["report", "--by", "flavor"])
        #expect(report.status == 0 && report.words.contains("SAVED EUR"), "\(report.errors)")
    }

    /// Where no daemon answers, the ledger in the usual place is read; where there is none either, it is said what to do.
    private func checkWithoutDaemon(_ workspace: Workspace) async throws {
        let nowhere = workspace.folder.appending(path: "nowhere").path()
        func history(_ state: String) async throws -> FinishedProcess {
            try await FinishedProcess.run(
                Repository.product("curfew"),
                ["history", "--json"],
                environment: ["RUNTIME_DIRECTORY": nowhere, "STATE_DIRECTORY": state]
            )
        }
        let read = try await history(workspace.state.path())
        #expect(read.status == 0 && read.errors.contains("no daemon answers") && read.words.contains("\"stop\""))
        let lost = try await history(nowhere)
        #expect(lost.status == 69 && lost.errors.contains("systemctl status curfew"))
    }

    private static func actions(_ workspace: Workspace) async -> [[String: Any]] {
        guard let output = try? await run(workspace, ["history", "--json"]).output else { return [] }
        let document = (try? JSONSerialization.jsonObject(with: output)) as? [String: Any]
        return document?["actions"] as? [[String: Any]] ?? []
    }

    private static func run(_ workspace: Workspace, _ arguments: [String]) async throws -> FinishedProcess {
        try await FinishedProcess.run(
            Repository.product("curfew"),
            arguments + ["--state-dir", workspace.state.path()]
        )
    }
}

extension FinishedProcess {
    fileprivate var words: String { String(decoding: output, as: UTF8.self) }
}
