// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import Testing

struct ExplanationTests {
    private static let marks = MarkSettings(tag: "keep")

    private func idle(since: Timestamp, at instant: Timestamp = noon) -> NotebookRecord {
        Sample.record(marks: Self.marks, looks: [Sample.look(.idle(since: since), at: instant)])
    }

    private func marked(_ others: Outcome) -> Policy {
        let kept = Rule(name: "asked for", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive()))
        return Sample.policy(rules: [kept, Rule(name: "others", outcome: others)], marks: Self.marks)
    }

    private func alternative(_ event: Alternative.Event, _ explanation: Explanation) throws -> Alternative {
        try #require(explanation.alternatives.first { $0.event == event })
    }

    @Test func `rules before the deciding one say why not, those behind it that they come too late`() throws {
        let bob = Selector([.owner(try Sample.globs("bob"))])
        let until = noon - .hours(1)
        let policy = Sample.policy(rules: [
            Rule(name: "over", outcome: .keepAlive(KeepAlive(until: until))),
            Rule(name: "bob's", match: bob, outcome: .exempt),
            Rule(name: "all", outcome: .exempt),
            Rule(name: "late", outcome: .stop(warn: nil)),
            Rule(name: "late bob's", match: bob, outcome: .exempt),
        ])
        let trials = Explanation(Sample.record(), policy: policy, now: noon).rules
        #expect(trials.map(\.result) == [.expired(until), .mismatch, .decides, .matchesToo, .mismatch])
        #expect(trials.map(\.number) == [1, 2, 3, 4, 5])
    }

    @Test func `I1: a rule that cannot be told says so, and that it protects`() throws {
        let tag = Selector([.tag(key: "team", try Sample.globs("ml"))])
        let policy = Sample.policy(rules: [
            Rule(name: "ml", match: tag, outcome: .exempt), Rule(name: "all", outcome: .stop(warn: nil)),
            Rule(name: "late", match: tag, outcome: .exempt),
        ])
        let record = Sample.record(Sample.notebook(tags: .unreadable))
        let explanation = Explanation(record, policy: policy, now: noon)
        #expect(explanation.rules.map(\.result) == [.cannotTell(.tagsUnreadable), .decides, .cannotTell(nil)])
        #expect(explanation.decision.action == .leave)
    }

    @Test func `a notebook that is not running has no rules tried and no alternatives`() {
        let record = Sample.record(Sample.notebook(.stopped))
        let explanation = Explanation(record, policy: Sample.policy(.exempt), now: noon)
        #expect(explanation.rules.isEmpty)
        #expect(explanation.alternatives.isEmpty)
        #expect(explanation.outlook.isEmpty)
    }

    @Test func `the outlook of an idle notebook is its warning and its stop`() {
        let policy = Sample.policy(Sample.idle(.hours(1), warn: .minutes(10)))
        let explanation = Explanation(idle(since: noon - .minutes(20)), policy: policy, now: noon)
        #expect(explanation.decision.action == .leave)
        #expect(explanation.outlook.map(\.at) == [noon + .minutes(30), noon + .minutes(40)])
        #expect(explanation.outlook.map(\.action) == [.warn(stopAt: noon + .minutes(40)), .stop])
        #expect(explanation.deadlines.idleBudgetSpentAt == noon + .minutes(40))
        #expect(explanation.deadlines.warnAt == noon + .minutes(30))
        #expect(explanation.deadlines.stopAt == noon + .minutes(40))
    }

    @Test func `a notebook in use now would be stopped a budget from now`() {
        let policy = Sample.policy(Sample.idle(.hours(1)))
        let record = Sample.record(looks: [Sample.look(.active, at: noon)])
        let explanation = Explanation(record, policy: policy, now: noon)
        #expect(explanation.outlook.map(\.at) == [noon + .hours(1)])
    }

    @Test func `D1: activity that cannot be told foresees no stop`() {
        let policy = Sample.policy(Sample.idle(.hours(1)))
        let record = Sample.record(looks: [Sample.look(.unknown(.unreachable("timeout")), at: noon)])
        let explanation = Explanation(record, policy: policy, now: noon)
        #expect(explanation.outlook.map(\.isLeaseEnd) == [true])
        #expect(explanation.evidence.map(\.activity) == [.unknown(.unreachable("timeout"))])
    }

    @Test func `a kept lease is prolonged again and again, which is told once, and then the end of the rule`() {
        let kept = KeepAlive(until: noon + .days(2))
        let policy = Sample.policy(.keepAlive(kept), .stop(warn: nil))
        let record = Sample.record(Sample.notebook(lease: Sample.lease(left: .hours(1))))
        let explanation = Explanation(record, policy: policy, now: noon)
        #expect(explanation.outlook.map(\.action.name) == ["prolong", "stop"])
        #expect(explanation.outlook.map(\.at) == [noon + .minutes(30) + .milliseconds(1), noon + .days(2)])
        #expect(explanation.deadlines.renewalAt == noon + .minutes(30) + .milliseconds(1))
        #expect(explanation.deadlines.leaseEndsAt == noon + .hours(1))
    }

    @Test func `a calendar that opens stricter times is foreseen`() throws {
        let night = try #require(Window(from: 20 * 60, to: 7 * 60))
        let times = During([Schedule(windows: [night], clock: WallClock(.gmt))])
        let policy = Sample.policy(rules: [
            Rule(name: "night", match: Selector([.during(times)]), outcome: .stop(warn: nil)),
            Rule(name: "day", outcome: .exempt),
        ])
        let outlook = Explanation(Sample.record(), policy: policy, now: noon).outlook
        #expect(outlook.map(\.rule) == ["night"])
        #expect(outlook.map(\.at) == [noon + .hours(8)])
    }

    @Test func `the outlook ends where the lease runs out that nobody prolongs`() {
        let policy = Sample.policy(Sample.idle(.hours(2)))
        let notebook = Sample.notebook(lease: Sample.lease(left: .hours(1)))
        let record = Sample.record(notebook, looks: [Sample.look(.idle(since: noon - .minutes(5)), at: noon)])
        let outlook = Explanation(record, policy: policy, now: noon).outlook
        #expect(outlook.map(\.at) == [noon + .hours(1)])
        #expect(outlook.map(\.isLeaseEnd) == [true])
    }

    @Test func `use now puts the stop off`() throws {
        let explanation = Explanation(
            idle(since: noon - .minutes(20)),
            policy: Sample.policy(Sample.idle(.hours(1))),
            now: noon
        )
        let used = try alternative(.used, explanation)
        #expect(!used.changesNothing)
        #expect(used.outlook.map(\.at) == [noon + .hours(1)])
    }

    @Test func `use changes nothing where the rule stops in any case`() throws {
        let explanation = Explanation(Sample.record(), policy: Sample.policy(.stop(warn: .hours(1))), now: noon)
        #expect(try alternative(.used, explanation).changesNothing)
    }

    @Test func `a mark and a grant keep the notebook where a rule asks for them`() throws {
        let explanation = Explanation(idle(since: noon - .hours(2)), policy: marked(Sample.idle()), now: noon)
        #expect(explanation.decision.action == .stop)
        for event in [Alternative.Event.marked, .granted] {
            let other = try alternative(event, explanation)
            #expect(other.decision.rule == "asked for")
            #expect(other.decision.action == .leave)
            // No mark holds for longer than the policy says.
            #expect(other.outlook.last?.at == noon + .days(14))
            #expect(other.outlook.last?.action == .stop)
        }
        #expect(!explanation.alternatives.contains { $0.event == .released })
    }

    @Test func `a mark changes nothing where no rule asks for one`() throws {
        let policy = Sample.policy(.stop(warn: nil), marks: Self.marks)
        let explanation = Explanation(Sample.record(marks: Self.marks), policy: policy, now: noon)
        #expect(try alternative(.marked, explanation).changesNothing)
        #expect(try alternative(.granted, explanation).changesNothing)
    }

    @Test(
        arguments: [
            ("true", nil), (nil, "my notes keep=true, please"), (nil, "keep=2026-12-24 keep=true"),
        ] as [(String?, String?)]
    )
    func `losing the mark is planned, and what else the description says stays`(tag: String?, note: String?) throws {
        let marks = MarkSettings(tag: "keep", description: "keep")
        let notes = Selector([.description(try Sample.globs("my notes*"))])
        var policy = marked(Sample.idle())
        policy.marks = marks
        policy.rules.insert(Rule(name: "notes", match: notes, outcome: .stop(warn: nil)), at: 1)
        let notebook = Sample.notebook(tags: .known(tag.map { ["keep": $0] } ?? [:]), note: note)
        let look = Sample.look(.idle(since: noon - .hours(2)), at: noon)
        let explanation = Explanation(Sample.record(notebook, marks: marks, looks: [look]), policy: policy, now: noon)
        #expect(explanation.decision.rule == "asked for")
        let released = try alternative(.released, explanation)
        #expect(released.decision.action == .stop)
        #expect(released.decision.rule == (note?.hasPrefix("my notes") == true ? "notes" : "others"))
    }

    @Test func `I13: a hold stands in the way of a stop, and of nothing else`() {
        let hold = HoldInForce(.coldStart(until: noon + .minutes(5)), since: noon - .minutes(1))
        let stop = Explanation(Sample.record(), policy: Sample.policy(.stop(warn: nil)), holds: [hold], now: noon)
        #expect(stop.holdInTheWay == hold)
        let exempt = Explanation(Sample.record(), policy: Sample.policy(.exempt), holds: [hold], now: noon)
        #expect(exempt.holdInTheWay == nil)
        #expect(exempt.holds == [hold])
    }

    @Test func `a look that is too old for the rule counts as unknown and is shown as it was`() {
        let use = EvidenceRequirement.Use(source: Sample.jupyter, maxAge: .minutes(1))
        let record = Sample.record(looks: [
            Sample.look(.idle(since: noon - .hours(1)), at: noon - .minutes(2)),
            Sample.look(.active, at: noon - .minutes(1), source: Sample.accelerator),
        ])
        let policy = Sample.policy(Sample.idle(.hours(2), sources: [use]))
        let evidence = Explanation(record, policy: policy, now: noon).evidence
        #expect(evidence.map(\.activity) == [.unknown(.stale), .active])
        #expect(evidence.map(\.age) == [.minutes(2), .minutes(1)])
        #expect(evidence.map { $0.use != nil } == [true, false])
        #expect(evidence[0].look?.activity == .idle(since: noon - .hours(1)))
    }
}
