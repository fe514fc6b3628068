// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5)))
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
                let keys = ["notebook", "lease", "action", "rule", "reasons", "activity", "deadline", "nextReview"]
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
}
