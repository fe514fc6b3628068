// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct PlannerIdleTests {
    private typealias Use = EvidenceRequirement.Use
    /// The last activity of the notebook in most rows.
    private static let last = noon - .hours(1)
    private static let lead = Duration.seconds(10)

    private static func record(_ activity: Activity, at instant: Timestamp) -> NotebookRecord {
        Sample.record(looks: [Sample.look(activity, at: instant)])
    }

    static let cases: [PlannerCase] = [
        PlannerCase(
            "before the least that is known could be spent no look is worth its while",
            Sample.idle(.hours(6)),
            Sample.record(),
            .leave,
            ["within-budget"],
            probeAt: noon + .hours(1) - lead
        ),
        PlannerCase(
            "a fresh start is not looked at for a budget",
            Sample.idle(.hours(1)),
            Sample.record(startedAt: noon),
            .leave,
            ["within-budget"],
            probeAt: noon + .hours(1) - lead
        ),
        PlannerCase(
            "past that, nobody having looked is unknown and wants a look now",
            Sample.idle(),
            Sample.record(),
            .leave,
            ["evidence-unknown"],
            probeAt: noon
        ),
        PlannerCase(
            "within the budget the next look prepares for the deadline",
            Sample.idle(),
            record(.idle(since: noon - .minutes(20)), at: noon),
            .leave,
            ["within-budget"],
            deadline: noon + .minutes(40),
            nextReview: noon + .minutes(40),
            probeAt: noon + .minutes(40) - lead
        ),
        PlannerCase(
            "active is said, and counts from the look",
            Sample.idle(),
            record(.active, at: noon - .minutes(1)),
            .leave,
            ["active", "within-budget"],
            deadline: noon + .minutes(59),
            nextReview: noon + .minutes(59),
            probeAt: noon + .minutes(59) - lead
        ),
        PlannerCase(
            "a prepared look needs no other one before the deadline",
            Sample.idle(),
            record(.idle(since: last + lead), at: noon),
            .leave,
            ["within-budget"],
            deadline: noon + lead,
            nextReview: noon + lead
        ),
        PlannerCase(
            "a look too early to prepare is repeated in time",
            Sample.idle(),
            record(.idle(since: last + lead), at: noon - .seconds(1)),
            .leave,
            ["within-budget"],
            deadline: noon + lead,
            nextReview: noon + lead,
            probeAt: noon
        ),
        PlannerCase(
            "a spent budget with a prepared look is a stop on the very instant",
            Sample.idle(),
            record(.idle(since: last), at: noon - lead),
            .stop,
            ["idle-budget-spent"],
            deadline: noon
        ),
        PlannerCase(
            "a millisecond earlier is not",
            Sample.idle(),
            record(.idle(since: last + .milliseconds(1)), at: noon),
            .leave,
            ["within-budget"],
            deadline: noon + .milliseconds(1),
            nextReview: noon + .milliseconds(1)
        ),
        PlannerCase(
            "D18: a spent budget with an old look wants another look",
            Sample.idle(),
            record(.idle(since: last), at: noon - .minutes(5)),
            .leave,
            ["evidence-due"],
            deadline: noon,
            probeAt: noon
        ),
        PlannerCase(
            "D18: a prepared look supports a stop for half a minute",
            Sample.idle(),
            record(.idle(since: last - .seconds(30)), at: noon - .seconds(30)),
            .stop,
            ["idle-budget-spent"],
            deadline: noon - .seconds(30)
        ),
        PlannerCase(
            "D18: and not longer",
            Sample.idle(),
            record(.idle(since: last - .seconds(31)), at: noon - .milliseconds(30_001)),
            .leave,
            ["evidence-due"],
            deadline: noon - .seconds(31),
            probeAt: noon
        ),
        PlannerCase(
            "D1: a failed look is unknown, and is repeated",
            Sample.idle(),
            record(.unknown(.unreachable("timeout")), at: noon),
            .leave,
            ["evidence-unknown"],
            probeAt: noon
        ),
        PlannerCase(
            "D1: what an earlier look knew still rules a stop out for a while",
            Sample.idle(),
            Sample.record(looks: [
                Sample.look(.active, at: noon - .minutes(10)), Sample.look(.unknown(.noAccess), at: noon),
            ]),
            .leave,
            ["evidence-unknown"],
            probeAt: noon + .minutes(50) - lead
        ),
        PlannerCase(
            "a stale look is a missing one: no look is worth its while before the deadline",
            Sample.idle(sources: [Use(source: Sample.jupyter, maxAge: .minutes(5))]),
            record(.idle(since: noon - .minutes(30)), at: noon - .minutes(6)),
            .leave,
            ["within-budget"],
            probeAt: noon + .minutes(30) - lead
        ),
        PlannerCase(
            "a budget of seconds has a lead of a quarter of it",
            Sample.idle(.seconds(8)),
            record(.idle(since: noon - .seconds(7)), at: noon),
            .leave,
            ["within-budget"],
            deadline: noon + .seconds(1),
            nextReview: noon + .seconds(1)
        ),
        PlannerCase(
            "I3: activity that the server dates in the future only delays",
            Sample.idle(),
            record(.idle(since: noon + .hours(2)), at: noon),
            .leave,
            ["within-budget"],
            deadline: noon + .hours(3),
            nextReview: noon + .hours(3),
            probeAt: noon + .hours(3) - lead
        ),
    ]

    @Test("I3: an idle notebook is stopped when its budget is spent, not before and not on old looks", arguments: cases)
    func row(row: PlannerCase) {
        row.check()
    }

    @Test func `D19: a notebook is not stopped on activity from before its start`() {
        let look = Sample.look(.idle(since: noon - .days(3)), at: noon)
        let record = Sample.record(startedAt: noon - .minutes(59), looks: [look])
        let decision = Planner.decide(record, policy: Sample.policy(Sample.idle()), now: noon)
        #expect(decision.action == .leave)
        #expect(decision.deadline == noon + .minutes(1))
    }

    @Test func `D19: the server's own start counts when the start was not seen`() {
        var record = NotebookRecord(Sample.notebook(updatedAt: noon - .days(9)), readAt: noon, marks: nil)
        record.add(Sample.look(.idle(since: noon - .days(1)), at: noon, serverStartedAt: noon - .minutes(30)))
        let decision = Planner.decide(record, policy: Sample.policy(Sample.idle()), now: noon)
        #expect(decision.action == .leave)
        #expect(decision.deadline == noon + .minutes(30))
    }

    @Test func `I3: one source going dark does not bring the deadline forward`() {
        let uses = [Use(source: Sample.jupyter, isOptional: true), Use(source: Sample.accelerator)]
        var record = NotebookRecord(Sample.notebook(updatedAt: noon - .days(9)), readAt: noon, marks: nil)
        record.add(Sample.look(.idle(since: noon - .days(1)), at: noon, serverStartedAt: noon - .minutes(30)))
        record.add(Sample.look(.unknown(.unreachable("timeout")), at: noon + .minutes(1)))
        record.add(Sample.look(.idle(since: .distantPast), at: noon + .minutes(1), source: Sample.accelerator))
        let policy = Sample.policy(Sample.idle(sources: uses))
        let decision = Planner.decide(record, policy: policy, now: noon + .minutes(1))
        #expect(decision.action == .leave)
        #expect(decision.deadline == noon + .minutes(30))
    }

    @Test func `I1: a notebook in use is not stopped, even with no budget at all`() {
        let record = Self.record(.active, at: noon)
        for warn in [nil, Duration.minutes(5)] {
            let policy = Sample.policy(Sample.idle(.zero, warn: warn))
            #expect(Planner.decide(record, policy: policy, now: noon).action == .leave)
        }
    }

    @Test func `the look that is asked for names every source of the rule`() {
        let uses = [Use(source: Sample.jupyter), Use(source: Sample.accelerator, isOptional: true)]
        let decision = Planner.decide(Sample.record(), policy: Sample.policy(Sample.idle(sources: uses)), now: noon)
        #expect(decision.probe?.question.sources == [Sample.jupyter, Sample.accelerator])
    }
}
