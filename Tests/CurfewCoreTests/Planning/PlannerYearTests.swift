// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CurfewCore

/// A year of a notebook about which nothing new is learned: whoever plans at the announced instants alone misses nothing.
@Suite(.timeLimit(.minutes(20)))
struct PlannerYearTests {
    private static let ranges: [Range<UInt64>] = (0..<8).map { (index: UInt64) in index * 10_000..<index * 10_000 + 3 }
    private static let year = 366 * 24 * 60

    @Test("the next review is never late: no minute of a year decides otherwise", arguments: ranges)
    func sampledYears(seeds: Range<UInt64>) {
        for seed in seeds {
            var random = SeededGenerator(seed: seed)
            let sample = RandomYear(&random)
            var minutes = (0..<200).map { _ in random.integer(0...Self.year) }
            // Where something is announced, a moment too late is most likely.
            for change in sample.changes() {
                let minute = Int((change - RandomYear.start).wholeMilliseconds / 60_000)
                minutes += [minute - 1, minute, minute + 1].filter { (0...Self.year).contains($0) }
            }
            walk(sample, minutes.sorted(), "seed \(seed)")
        }
    }

    /// In parts, which the processors share; one policy of all its minutes.
    @Test("nor does any minute of a whole year", arguments: 0..<24)
    func wholeYear(part: Int) {
        var random = SeededGenerator(seed: 71)
        let sample = RandomYear(&random)
        let (first, last) = (part * Self.year / 24, (part + 1) * Self.year / 24)
        walk(sample, Array(first...last), "part \(part)")
    }

    /// Plans at the announced instants, and holds what was decided there against a plan at each of the minutes.
    private func walk(_ sample: RandomYear, _ minutes: [Int], _ about: Comment) {
        var known = sample.decision(at: RandomYear.start)
        for minute in minutes {
            let now = RandomYear.start + .minutes(minute)
            while let review = known.nextReview, review <= now { known = sample.decision(at: review) }
            let decision = sample.decision(at: now)
            guard decision.action.name == known.action.name, decision.rule == known.rule else {
                Issue.record(
                    "\(about.rawValue) at \(now): \(decision.action) by \(decision.rule ?? "none"), not announced"
                )
                return
            }
        }
    }
}

/// A policy whose rules change with time, and a notebook under it.
private struct RandomYear {
    /// When the last look has grown old: until then a stop or a warning lapses with it.
    static let start = noon + .minutes(2)

    let policy: Policy
    let record: NotebookRecord

    init(_ random: inout SeededGenerator) {
        let rules = (0..<random.integer(1...6)).map { index in
            Rule(
                name: "rule \(index)",
                match: RandomRules.selector(&random, atMost: 2, depth: 1),
                outcome: Self.outcome(&random)
            )
        }
        policy = Sample.policy(rules: rules, marks: RandomRules.marks)
        var notebook = RandomRules.notebook(&random)
        // A year's conditions are about time; what does not fit fits never.
        if random.chance(70) { notebook.tags = random.chance(50) ? ["keep": "2027-03-28"] : ["keep": "true"] }
        var record = Sample.record(notebook, marks: policy.marks)
        if random.chance(70) { record.add(Sample.look(.idle(since: noon - .hours(3)), at: noon)) }
        if random.chance(30) {
            record.take(Grant(until: noon + .minutes(random.integer(0...400_000)), by: "root", grantedAt: noon))
        }
        if random.chance(30), let rule = random.pick(rules) {
            record.warning = Warning(rule: rule.name, givenAt: noon + .minutes(random.integer(0...400_000)))
        }
        self.record = record
    }

    private static func outcome(_ random: inout SeededGenerator) -> Outcome {
        switch random.integer(0...4) {
        case 0: .exempt
        case 1: .stop(warn: random.chance(50) ? .minutes(random.integer(1...10_000)) : nil)
        case 2: Sample.idle(.minutes(random.integer(1...400_000)), warn: random.chance(30) ? .minutes(90) : nil)
        default: .keepAlive(KeepAlive(until: noon + .minutes(random.integer(0...500_000))))
        }
    }

    func decision(at now: Timestamp) -> Decision { Planner.decide(record, policy: policy, now: now) }

    /// The announced instants of the year.
    func changes() -> [Timestamp] {
        var changes: [Timestamp] = []
        var next = decision(at: Self.start).nextReview
        while let change = next, change < Self.start + .days(366), changes.count < 100 {
            changes.append(change)
            next = decision(at: change).nextReview
        }
        return changes
    }
}
