// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import PolicyFile
import Testing

@Suite("Proofs about rules, held against the planner", .timeLimit(.minutes(20)))
struct RuleReachPropertyTests {
    private static let globs = ["a", "b", "ab", "a*", "*b", "?", "??", "*", "[ab]*", "[!a]*", "a?", "*a*", "[a-b]"]
    private static let times = [
        "Sat", "Mon..Fri", "'Sat,Sun'", "Mon..Fri, 'Sat,Sun'", "'Mon..Fri 20:00..07:00'", "'00:00..12:00'",
        "'12:00..24:00'",
    ]
    private static let texts = ["a", "b", "ab", "ba", "c", "aa", "bb", "abc", "é"]

    @Test(arguments: 0..<30)
    func `a rule that is said never to match decides about no notebook`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var proofs = 0
        for _ in 0..<12 {
            let (text, names) = Self.policyText(&random)
            let load = load(text)
            let policy = try #require(load.policy, "\(load.lines)\n\(text)")
            let unreachable = Set(
                names.filter { name in load.lines.contains { $0.contains("\"\(name)\" can never match") } }
            )
            proofs += unreachable.count
            guard !unreachable.isEmpty else { continue }
            for _ in 0..<400 {
                let record = Self.record(&random, policy)
                let instant =
                    loadingTime
                    + .seconds(
                        random.chance(50)
                            ? Int64.random(in: 0...20_000, using: &random)
                            : Int64.random(in: 0...700_000, using: &random)
                    )
                let rule = Planner.decide(record, policy: policy, now: instant).rule
                #expect(
                    rule.map(unreachable.contains) != true,
                    "seed \(seed): \(rule ?? "")\n\(text)\n\(record.notebook)"
                )
            }
        }
        #expect(proofs > 2, "seed \(seed) shows nothing")
    }

    /// A policy of a few random rules, and their names.
    private static func policyText(_ random: inout SeededGenerator) -> (String, [String]) {
        let names = (0..<Int.random(in: 2...5, using: &random)).map { "rule-\($0)" }
        let rules = names.map { "{name: \($0), match: \(match(&random, depth: 0)), exempt: true}" }
        let marks = random.chance(50) ? "{tag: keep}" : "{description: keep}"
        return (
            """
            version: 1
            service: {kind: modelarts, region: eu-de, projectID: p}
            marks: \(marks)
            rules: [\(rules.joined(separator: ", "))]
            """, names
        )
    }

    private static func match(_ random: inout SeededGenerator, depth: Int) -> String {
        var conditions: [String: String] = [:]
        for _ in 0..<Int.random(in: depth == 0 ? 0...3 : 1...2, using: &random) {
            switch Int.random(in: 0...10, using: &random) {
            case 0...2: conditions["name"] = globs(&random)
            case 3: conditions["owner"] = globs(&random)
            case 4: conditions[random.chance(50) ? "pool" : "description"] = globs(&random)
            case 5: conditions["tag"] = "{k: \(globs(&random))}"
            case 6: conditions["marked"] = "\(random.chance(50))"
            case 7: conditions["runningFor"] = random.pick(["1h", "2h", "3h"])
            case 8: conditions["leaseType"] = random.pick(["timing", "idle", "[timing, idle]"])
            case 9: conditions["during"] = random.pick(times).map { "[\($0)]" }
            default: if depth < 2 { conditions["not"] = match(&random, depth: depth + 1) }
            }
        }
        if depth > 0, conditions.isEmpty { conditions["name"] = "a" }
        return "{\(conditions.map { "\($0): \($1)" }.sorted().joined(separator: ", "))}"
    }

    private static func globs(_ random: inout SeededGenerator) -> String {
        let list = (0..<Int.random(in: 1...3, using: &random)).compactMap { _ in random.pick(globs).map { "\"\($0)\"" }
        }
        return "[\(list.joined(separator: ", "))]"
    }

    /// A running notebook that may lack anything that the cloud may leave out.
    private static func record(_ random: inout SeededGenerator, _ policy: Policy) -> NotebookRecord {
        var text: String? { random.chance(75) ? random.pick(texts) : nil }
        var notebook = Notebook(id: NotebookID("id"), name: text ?? "", status: .running)
        notebook.owner = Notebook.Owner(name: text, id: text)
        notebook.pool = random.chance(60) ? Notebook.NamedReference(id: text, name: text) : nil
        notebook.note = random.chance(30) ? "keep=true" : text
        var tags: [String: String] = [:]
        tags["k"] = text
        tags["keep"] = random.chance(40) ? "true" : nil
        notebook.tags = random.chance(15) ? .unreadable : .known(tags)
        notebook.updatedAt = loadingTime - .seconds(Int64.random(in: 0...9_000, using: &random))
        let kind: Lease.Kind = random.pick([.timing, .idle, .unrecognized("X")]) ?? .timing
        let lease = Lease(isEnabled: true, kind: kind, createdAt: loadingTime, duration: .seconds(60), updatedAt: nil)
        notebook.lease = random.chance(80) ? .known(lease) : .unreadable
        return NotebookRecord(notebook, readAt: loadingTime, marks: policy.marks)
    }
}
