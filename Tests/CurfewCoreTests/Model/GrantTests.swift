// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct GrantTests {
    private let marks = MarkSettings(tag: "keep-alive", longest: .days(14))

    private func grant(_ hours: Int, for days: Int) -> Grant {
        let now = noon + .hours(hours)
        return Grant(until: now + .days(days), reason: "thesis", by: "root", grantedAt: now)
    }

    private func record(_ grants: Grant..., tags: [String: String] = [:]) -> NotebookRecord {
        var record = NotebookRecord(Sample.notebook(tags: .known(tags)), readAt: noon, marks: marks)
        for grant in grants { record.take(grant) }
        return record
    }

    private func decision(_ record: NotebookRecord, at now: Timestamp, marks: MarkSettings?) -> Decision {
        let rules = [
            Rule(name: "marked", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive())),
            Rule(name: "others", outcome: .stop(warn: nil)),
        ]
        return Planner.decide(record, policy: Sample.policy(rules: rules, marks: marks), now: now)
    }

    @Test func `I1: a grant keeps until the very millisecond it ends at, with and without marks in the policy`() {
        let granted = record(grant(0, for: 3))
        let end = noon + .days(3)
        for marks in [marks, nil] {
            let before = decision(granted, at: end - .milliseconds(1), marks: marks)
            #expect(before.rule == "marked")
            #expect(before.nextReview == end)
            #expect(before.mark?.origin == .grant(by: "root"))
            #expect(before.mark?.reason == "thesis")
            #expect(decision(granted, at: end, marks: marks).action == .stop)
        }
    }

    @Test func `a grant that is withdrawn holds no more, from that moment`() {
        var granted = record(grant(0, for: 3))
        granted.withdrawGrant(at: noon + .hours(2))
        #expect(decision(granted, at: noon + .hours(2), marks: marks).action == .stop)
        #expect(decision(granted, at: noon + .hours(2) - .milliseconds(1), marks: marks).rule == "marked")
    }

    @Test(arguments: [(30, 14 * 24), (72 + 23, 14 * 24), (72 + 24, 72 + 24 + 14 * 24)])
    func `grants in a row hold no longer than the longest mark`(again: Int, end: Int) {
        let granted = record(grant(0, for: 3), grant(again, for: 100))
        #expect(granted.grant?.holdsUntil(longest: .days(14)) == noon + .hours(end))
    }

    @Test func `of a mark and a grant the one that holds longer is told`() {
        let short = record(grant(0, for: 1), tags: ["keep-alive": "true"])
        #expect(decision(short, at: noon, marks: marks).mark?.origin == .tag)
        let long = record(grant(0, for: 9), tags: ["keep-alive": "2026-11-22"])
        #expect(decision(long, at: noon, marks: marks).mark?.origin == .grant(by: "root"))
        #expect(decision(long, at: noon, marks: marks).mark?.until == noon + .days(9))
    }

    @Test func `a grant survives a stop and a start`() {
        var granted = record(grant(0, for: 3))
        granted.update(with: Sample.notebook(.stopped), readAt: noon + .hours(1), marks: marks)
        granted.update(with: Sample.notebook(), readAt: noon + .hours(2), marks: marks)
        #expect(decision(granted, at: noon + .hours(2), marks: marks).rule == "marked")
    }
}
