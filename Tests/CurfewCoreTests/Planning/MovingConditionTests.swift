// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import Testing

/// Conditions that change by the clock alone: `marked`, `runningFor`, `during`, and a rule's `until`.
struct MovingConditionTests {
    private let start = noon - .hours(5)

    private func decision(
        _ conditions: [Selector.Condition],
        _ record: NotebookRecord,
        marks: MarkSettings? = nil,
        at now: Timestamp = noon
    )
        -> Decision
    {
        let rules = [Rule(name: "it", match: Selector(conditions), outcome: .exempt)]
        return Planner.decide(record, policy: Sample.policy(rules: rules, marks: marks), now: now)
    }

    @Test func `runningFor matches from the very instant on, and tells it beforehand`() {
        let record = Sample.record(startedAt: start)
        let before = decision([.runningFor(.hours(6))], record)
        #expect(before.rule == nil)
        #expect(before.nextReview == start + .hours(6))
        #expect(decision([.runningFor(.hours(6))], record, at: start + .hours(6)).rule == "it")
        #expect(decision([.runningFor(.hours(6))], record, at: start + .hours(6) - .milliseconds(1)).rule == nil)
    }

    @Test func `not runningFor ends at the instant, and tells it beforehand`() {
        let record = Sample.record(startedAt: start)
        let young = Selector.Condition.not(Selector([.runningFor(.hours(6))]))
        let before = decision([young], record)
        #expect(before.rule == "it")
        #expect(before.nextReview == start + .hours(6))
        #expect(decision([young], record, at: start + .hours(6)).rule == nil)
    }

    @Test func `D17: during matches inside its windows, from and to the very instant, and tells the next change`()
        throws
    {
        let nights = Schedule(windows: [try Window(.workdays, "20:00..07:00")], clock: WallClock(.gmt))
        let record = Sample.record(startedAt: start)
        let opening = noon + .hours(8)
        let closing = noon + .hours(19)
        for (condition, isNegated) in [
            (Selector.Condition.during(During([nights])), false),
            (.not(Selector([.during(During([nights]))])), true),
        ] {
            func rule(_ instant: Timestamp) -> String? { decision([condition], record, at: instant).rule }
            #expect((rule(noon) == "it") == isNegated)
            #expect((rule(opening - .milliseconds(1)) == "it") == isNegated)
            #expect((rule(opening) == "it") == !isNegated)
            #expect((rule(closing - .milliseconds(1)) == "it") == !isNegated)
            #expect((rule(closing) == "it") == isNegated)
            #expect(decision([condition], record).nextReview == opening)
            #expect(decision([condition], record, at: opening).nextReview == closing)
            #expect(decision([condition], record, at: closing).nextReview == opening + .days(3))
        }
    }

    @Test func `D11: runningFor counts from the start, not from the creation`() {
        let record = Sample.record(Sample.notebook(updatedAt: noon - .days(300)), startedAt: noon - .minutes(1))
        #expect(decision([.runningFor(.days(3))], record).rule == nil)
    }

    @Test func `an unmet static condition makes a moving one behind it of no matter`() throws {
        let record = Sample.record(startedAt: start)
        let decision = decision([.name(try Sample.globs("other")), .runningFor(.hours(6))], record)
        #expect(decision.nextReview == nil)
    }

    @Test func `the earliest of several changes counts`() {
        let marks = MarkSettings(tag: "keep", longest: .hours(2))
        let notebook = Sample.notebook(tags: ["keep": "true"])
        let record = Sample.record(notebook, startedAt: noon, marks: marks)
        let both = decision([.marked(true), .runningFor(.hours(9))], record, marks: marks)
        #expect(both.nextReview == noon + .hours(2) - .minutes(1))
        let other = decision([.marked(true), .runningFor(.hours(1))], record, marks: marks)
        #expect(other.nextReview == noon + .hours(1))
    }

    @Test func `marked false stops matching while a mark holds`() {
        let marks = MarkSettings(tag: "keep", longest: .hours(2))
        let record = Sample.record(Sample.notebook(tags: ["keep": "true"]), startedAt: noon, marks: marks)
        let held = decision([.marked(false)], record, marks: marks)
        #expect(held.rule == nil)
        #expect(held.nextReview == noon + .hours(2) - .minutes(1))
        #expect(decision([.marked(false)], record, marks: marks, at: noon + .hours(2)).rule == "it")
        #expect(decision([.marked(false)], Sample.record()).rule == "it")
    }

    @Test func `a policy without marks has no marked notebooks`() {
        let record = Sample.record(Sample.notebook(tags: ["keep": "true"]))
        #expect(decision([.marked(true)], record).rule == nil)
    }

    @Test func `keepAlive until lets later rules decide from the very instant on`() {
        let until = noon + .hours(1)
        let policy = Sample.policy(.keepAlive(KeepAlive(until: until)), .exempt)
        let record = Sample.record()
        let before = Planner.decide(record, policy: policy, now: until - .milliseconds(1))
        #expect(before.rule == "rule 1")
        #expect(before.nextReview == until)
        #expect(Planner.decide(record, policy: policy, now: until).rule == "rule 2")
    }

    @Test func `a change of an earlier rule that does not match yet is part of the next review`() {
        let rules = [
            Rule(name: "old", match: Selector([.runningFor(.hours(6))]), outcome: .stop(warn: nil)),
            Rule(name: "kept", outcome: .keepAlive(KeepAlive())),
        ]
        let decision = Planner.decide(Sample.record(startedAt: start), policy: Sample.policy(rules: rules), now: noon)
        #expect(decision.rule == "kept")
        #expect(decision.nextReview == start + .hours(6))
    }
}
