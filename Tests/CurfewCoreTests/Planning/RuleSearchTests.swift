// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CurfewCore

/// The rules that a policy prepared to be searched quickly, against the same rules read one by one.
@Suite(.timeLimit(.minutes(20)))
struct RuleSearchTests {
    private static let ranges: [Range<UInt64>] = (0..<8).map { (index: UInt64) in index * 10_000..<index * 10_000 + 400
    }

    /// The definition: every rule in its order, every condition of it.
    private func readOneByOne(
        _ record: NotebookRecord,
        _ policy: Policy,
        _ now: Timestamp
    ) -> (rule: Int?, changesAt: Timestamp?, mayBeProtected: Bool) {
        let context = MatchContext(record: record, policy: policy, now: now)
        var changesAt: Timestamp?
        var mayBeProtected = false
        for (index, rule) in policy.rules.enumerated() {
            let match = rule.match.match(context)
            if let change = match.changesAt { changesAt = min(changesAt ?? change, change) }
            if case .unreadable = match.verdict { mayBeProtected = true }
            guard case .yes = match.verdict, rule.outcome.holds(at: now) else { continue }
            return (index, changesAt, mayBeProtected)
        }
        return (nil, changesAt, mayBeProtected)
    }

    private func compare(_ seed: UInt64, rules count: Int, _ random: inout SeededGenerator) -> Int? {
        let rules = (0..<count).map { index in
            let until = random.chance(20) ? noon + .minutes(random.integer(-60...60)) : nil
            let match = RandomRules.selector(&random, atMost: random.integer(1...4))
            return Rule(name: "rule \(index)", match: match, outcome: .keepAlive(KeepAlive(until: until)))
        }
        let policy = Sample.policy(rules: rules, marks: random.chance(80) ? RandomRules.marks : nil)
        var record = Sample.record(RandomRules.notebook(&random), marks: policy.marks)
        if random.chance(20) { record.take(Grant(until: noon + .days(100), by: "root", grantedAt: noon)) }
        let now = noon + .minutes(random.integer(0...400_000))
        let search = RuleSearch(record, policy: policy, usage: nil, now: now)
        let expected = readOneByOne(record, policy, now)
        #expect(search.rule == expected.rule, "seed \(seed)")
        #expect(search.changesAt == expected.changesAt, "seed \(seed)")
        #expect((search.mayBeProtected != nil) == expected.mayBeProtected, "seed \(seed)")
        return search.rule
    }

    @Test("random rules decide as if they were read one by one", arguments: ranges)
    func sameAsOneByOne(seeds: Range<UInt64>) {
        for seed in seeds {
            var random = SeededGenerator(seed: seed)
            _ = compare(seed, rules: random.integer(0...12), &random)
        }
    }

    @Test("many rules do, also at the borders of the blocks they are kept in", arguments: [255, 256, 257, 600])
    func sameInManyBlocks(count: Int) {
        for seed in 0..<12 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            _ = compare(seed, rules: count, &random)
        }
    }

    @Test(arguments: [0, 1, 63, 64, 65, 255, 256, 300, 511, 512, 599])
    func `the one rule that matches is found wherever it stands`(place: Int) throws {
        let rules = try (0..<600).map { index in
            let name = Selector.Condition.name([try Glob(index == place ? "train*" : "other-\(index)-*")])
            return Rule(name: "rule \(index)", match: Selector([name]), outcome: .exempt)
        }
        var policy = Sample.policy(rules: rules)
        #expect(Planner.decide(Sample.record(), policy: policy, now: noon).rule == "rule \(place)")
        policy.rules.remove(at: place)
        #expect(Planner.decide(Sample.record(), policy: policy, now: noon).rule == nil)
        policy.rules.insert(Rule(name: "new", outcome: .exempt), at: place)
        #expect(Planner.decide(Sample.record(), policy: policy, now: noon).rule == "new")
    }

    @Test func `a rule that wants two things of one field wants both`() throws {
        func decides(_ patterns: [String], unwanted: [String] = []) throws -> Bool {
            let wanted = try patterns.map { Selector.Condition.name([try Glob($0)]) }
            let others = try unwanted.map { Selector.Condition.not(Selector([.name([try Glob($0)])])) }
            let rule = Rule(name: "it", match: Selector(wanted + others), outcome: .exempt)
            return Planner.decide(Sample.record(), policy: Sample.policy(rules: [rule]), now: noon).rule == "it"
        }
        #expect(try decides(["train*", "*er"]))
        #expect(try !decides(["train*", "*or"]))
        #expect(try !decides(["eval*", "*er"]))
        #expect(try decides(["train*"], unwanted: ["*or", "eval*"]))
        #expect(try !decides(["train*"], unwanted: ["*or", "*er"]))
    }

    // MARK: - Matching has three values

    private func verdict(_ selector: Selector, _ record: NotebookRecord, _ now: Timestamp) -> RuleMatch {
        let policy = Sample.policy(rules: [], marks: RandomRules.marks)
        return selector.match(MatchContext(record: record, policy: policy, now: now))
    }

    @Test("not is the complement, and leaves what nobody knows", arguments: ranges)
    func complement(seeds: Range<UInt64>) {
        for seed in seeds {
            var random = SeededGenerator(seed: seed)
            let selector = RandomRules.selector(&random)
            let record = Sample.record(RandomRules.notebook(&random), marks: RandomRules.marks)
            let now = noon + .minutes(random.integer(0...400_000))
            let plain = verdict(selector, record, now)
            let negated = verdict(Selector([.not(selector)]), record, now)
            let expected: RuleMatch.Verdict =
                switch plain.verdict {
                case .yes: .no
                case .no: .yes
                case .notCarried: .notCarried
                case .unreadable: .unreadable
                }
            #expect(negated.verdict == expected, "seed \(seed)")
            #expect(negated.changesAt == plain.changesAt, "seed \(seed)")
            #expect(verdict(Selector([.not(Selector([.not(selector)]))]), record, now).verdict == plain.verdict)
        }
    }

    @Test("the order of the conditions is of no matter", arguments: ranges)
    func order(seeds: Range<UInt64>) {
        for seed in seeds {
            var random = SeededGenerator(seed: seed)
            let selector = RandomRules.selector(&random, atMost: 4)
            let record = Sample.record(RandomRules.notebook(&random), marks: RandomRules.marks)
            let now = noon + .minutes(random.integer(0...400_000))
            let plain = verdict(selector, record, now)
            let shuffled = verdict(Selector(selector.conditions.shuffled(using: &random)), record, now)
            #expect(shuffled.verdict == plain.verdict, "seed \(seed)")
            #expect(shuffled.changesAt == plain.changesAt, "seed \(seed)")
        }
    }
}
