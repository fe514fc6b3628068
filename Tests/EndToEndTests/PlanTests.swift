// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct PlanTests {
    private static let rules = """
          - { name: marked, match: { marked: true }, keepAlive: {} }
          - { name: pool, match: { pool: "pool-*" }, exempt: true }
          - { name: everyone else, idle: { budget: 1h } }
        """

    /// The demonstration's notebooks as they are eight hours into the day.
    private func withPlan(
        _ options: [String],
        _ body: (RunningSimulator, Data) throws -> Void
    ) async throws {
        let now = SimulatorTime.system.now()
        try await withRunningSimulator(.workingDay(start: now - 8 * 3_600_000), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: Self.rules))
                let result = try await FinishedProcess.run(
                    Repository.product("curfew"),
                    ["plan"] + workspace.arguments + options
                )
                try #require(result.status == 0, "\(result.errors)")
                try body(simulator, result.output)
            }
        }
    }

    @Test
    func `I7: plan in JSON explains every notebook, leaves no key out and changes nothing`() async throws {
        try await withPlan(["--json"]) { simulator, output in
            let document = try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
            #expect(document["mode"] as? String == "enforce")
            let decisions = try #require(document["decisions"] as? [[String: Any]])
            #expect(decisions.count == 12)
            for decision in decisions {
                let keys = [
                    "notebook", "lease", "action", "rule", "reasons", "activity", "deadline", "nextReview", "mark",
                ]
                #expect(Set(decision.keys) == Set(keys))
                let reasons = try #require(decision["reasons"] as? [[String: String]])
                #expect(reasons.allSatisfy { $0["code"]?.isEmpty == false && $0["text"]?.isEmpty == false })
                #expect(!reasons.isEmpty)
            }
            let byName = Dictionary(
                uniqueKeysWithValues: decisions.compactMap { decision in
                    ((decision["notebook"] as? [String: Any])?["name"] as? String).map { ($0, decision) }
                }
            )
            #expect(byName["dashboard"]?["action"] as? String == "stop")
            #expect(byName["train-llm-lora"]?["action"] as? String == "leave")
            #expect(byName["course-101"]?["activity"] is NSNull)
            #expect(simulator.cloud.records.allSatisfy { !$0.isMutation })
        }
    }

    @Test
    func `plan for people is a table with one line per notebook and no colour codes in a pipe`() async throws {
        try await withPlan([]) { _, output in
            let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
            #expect(lines.count == 14)
            #expect(lines.first?.hasPrefix("NOTEBOOK") == true)
            #expect(lines.last?.contains("12 notebooks") == true)
            #expect(!output.contains(0x1B))
        }
    }

    @Test
    func `plan at another time judges the same facts as of then, and says so`() async throws {
        try await withPlan(["--at", "+30d", "--json"]) { simulator, output in
            let document = try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
            #expect(document["at"] is String)
            let decisions = try #require(document["decisions"] as? [[String: Any]])
            let running = decisions.filter { ($0["notebook"] as? [String: Any])?["status"] as? String == "RUNNING" }
            let idle = running.filter { $0["rule"] as? String == "everyone else" }
            #expect(!idle.isEmpty)
            // Whoever is at work now has been idle for a month by then; what cannot be looked into is unknown still.
            for decision in idle {
                let isUnknown = (decision["activity"] as? [String: Any])?["state"] as? String == "unknown"
                #expect(decision["action"] as? String == (isUnknown ? "leave" : "stop"))
            }
            #expect(simulator.cloud.records.allSatisfy { !$0.isMutation })
        }
        try await withPlan(["--at", "+30d"]) { _, output in
            #expect(String(decoding: output, as: UTF8.self).contains("as if nothing happened until then"))
        }
    }

    @Test
    func `two policies side by side show what the second treats otherwise, looking once`() async throws {
        let now = SimulatorTime.system.now()
        try await withRunningSimulator(.workingDay(start: now - 8 * 3_600_000), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                let old = workspace.folder.appending(path: "old.yaml")
                try Data(PolicyText.text(simulator.access, rules: Self.rules).utf8).write(to: old)
                let rules = "  - { name: dashboards, match: { name: \"dashboard*\" }, exempt: true }\n" + Self.rules
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: rules))
                func plan(_ options: [String]) async throws -> Data {
                    let arguments = ["plan", "--against", old.path()] + workspace.arguments + options
                    let result = try await FinishedProcess.run(Repository.product("curfew"), arguments)
                    try #require(result.status == 0, "\(result.errors)")
                    return result.output
                }
                let output = try await plan(["--json"])
                let document = try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
                let summary = try #require(document["summary"] as? [String: Int])
                #expect(summary["no-longer-due"] == 1)
                #expect(summary["unchanged"] == 11)
                let changes = try #require(document["changes"] as? [[String: Any]])
                #expect(changes.map { ($0["before"] as? [String: Any])?["action"] as? String } == ["stop"])
                #expect(changes.map { ($0["after"] as? [String: Any])?["rule"] as? String } == ["dashboards"])
                let text = String(decoding: try await plan([]), as: UTF8.self)
                #expect(text.contains("1 no longer due, 11 unchanged"))
                #expect(simulator.cloud.records.allSatisfy { !$0.isMutation })
            }
        }
    }

    @Test
    func `an instant that nobody can read is refused with the ways to write one`() async throws {
        let result = try await FinishedProcess.run(Repository.product("curfew"), ["plan", "--at", "tomorrow"])
        #expect(result.status == 64)
        #expect(result.errors.contains("in the policy's time zone"))
    }
}
