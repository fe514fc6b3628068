// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct PlannerWarnTests {
    private static let warned = Sample.idle(warn: .minutes(10))
    private static let lead = Duration.seconds(10)

    private static func record(_ activity: Activity, at instant: Timestamp) -> NotebookRecord {
        Sample.record(looks: [Sample.look(activity, at: instant)])
    }

    static let cases: [PlannerCase] = [
        PlannerCase(
            "the warning is planned for its time before the deadline",
            warned,
            record(.idle(since: noon - .minutes(20)), at: noon),
            .leave,
            ["within-budget"],
            deadline: noon + .minutes(40),
            nextReview: noon + .minutes(30),
            probeAt: noon + .minutes(30) - lead
        ),
        PlannerCase(
            "it is given on the instant",
            warned,
            record(.idle(since: noon - .minutes(50)), at: noon - lead),
            .warn(stopAt: noon + .minutes(10)),
            ["within-budget", "warning-due"],
            deadline: noon + .minutes(10)
        ),
        PlannerCase(
            "it is not given on an old look",
            warned,
            record(.idle(since: noon - .minutes(50)), at: noon - .minutes(1)),
            .leave,
            ["evidence-due"],
            deadline: noon + .minutes(10),
            probeAt: noon
        ),
        PlannerCase(
            "D15: a warning that comes late puts the stop off by its whole length",
            warned,
            record(.idle(since: noon - .hours(3)), at: noon),
            .warn(stopAt: noon + .minutes(10)),
            ["within-budget", "warning-due"],
            deadline: noon + .minutes(10)
        ),
        PlannerCase(
            "after the warning the next look prepares for the stop",
            warned,
            record(.idle(since: noon - .minutes(55)), at: noon).warned(at: noon - .minutes(5)),
            .leave,
            ["within-budget", "warned"],
            deadline: noon + .minutes(5),
            nextReview: noon + .minutes(5),
            probeAt: noon + .minutes(5) - lead
        ),
        PlannerCase(
            "after it and a prepared look the stop is due",
            warned,
            record(.idle(since: noon - .hours(1)), at: noon).warned(at: noon - .minutes(10)),
            .stop,
            ["idle-budget-spent", "warned"],
            deadline: noon
        ),
        PlannerCase(
            "D15: the stop waits until the warning has been out for its length",
            warned,
            record(.idle(since: noon - .hours(3)), at: noon).warned(at: noon - .minutes(9)),
            .leave,
            ["within-budget", "warned"],
            deadline: noon + .minutes(1),
            nextReview: noon + .minutes(1),
            probeAt: noon + .minutes(1) - lead
        ),
        PlannerCase(
            "activity after the warning takes it back",
            warned,
            record(.active, at: noon).warned(at: noon - .minutes(5)),
            .leave,
            ["active", "within-budget"],
            deadline: noon + .hours(1),
            nextReview: noon + .minutes(50),
            probeAt: noon + .minutes(50) - lead
        ),
        PlannerCase(
            "D15: another rule's warning does not count",
            warned,
            record(.idle(since: noon - .hours(1)), at: noon).warned(at: noon - .minutes(10), rule: "other"),
            .warn(stopAt: noon + .minutes(10)),
            ["within-budget", "warning-due"],
            deadline: noon + .minutes(10)
        ),
        PlannerCase(
            "D15: a warning of the run before does not count",
            warned,
            Sample.record(
                startedAt: noon - .hours(2),
                looks: [Sample.look(.idle(since: noon - .hours(2)), at: noon)]
            ).warned(at: noon - .hours(3)),
            .warn(stopAt: noon + .minutes(10)),
            ["within-budget", "warning-due"],
            deadline: noon + .minutes(10)
        ),
        PlannerCase(
            "a warning time of nothing is none",
            Sample.idle(warn: .zero),
            record(.idle(since: noon - .hours(1)), at: noon),
            .stop,
            ["idle-budget-spent"],
            deadline: noon
        ),
        PlannerCase(
            "D1: a dark notebook is looked at for its warning, not for its stop",
            warned,
            Sample.record(looks: [
                Sample.look(.active, at: noon - .minutes(10)), Sample.look(.unknown(.noAccess), at: noon),
            ]),
            .leave,
            ["evidence-unknown"],
            probeAt: noon + .minutes(40) - lead
        ),
        PlannerCase(
            "D1: a dark notebook is not stopped, though it was warned",
            warned,
            record(.unknown(.noAccess), at: noon).warned(at: noon - .hours(1)),
            .leave,
            ["evidence-unknown"],
            probeAt: noon
        ),
        PlannerCase(
            "a stop rule without warning stops at once",
            .stop(warn: nil),
            Sample.record(),
            .stop,
            ["stop-rule"],
            deadline: noon
        ),
        PlannerCase(
            "a stop rule warns first",
            .stop(warn: .hours(1)),
            Sample.record(),
            .warn(stopAt: noon + .hours(1)),
            ["stop-rule", "warning-due"],
            deadline: noon + .hours(1)
        ),
        PlannerCase(
            "a stop rule waits for its warning",
            .stop(warn: .hours(1)),
            Sample.record().warned(at: noon - .minutes(59)),
            .leave,
            ["stop-rule", "warned"],
            deadline: noon + .minutes(1),
            nextReview: noon + .minutes(1)
        ),
        PlannerCase(
            "a stop rule stops when its warning is out, whether the notebook is in use or not",
            .stop(warn: .hours(1)),
            record(.active, at: noon).warned(at: noon - .hours(1)),
            .stop,
            ["stop-rule", "warned"],
            deadline: noon
        ),
        PlannerCase(
            "D15: a stop rule does not count a warning of the run before",
            .stop(warn: .hours(1)),
            Sample.record(startedAt: noon - .minutes(5)).warned(at: noon - .hours(1)),
            .warn(stopAt: noon + .hours(1)),
            ["stop-rule", "warning-due"],
            deadline: noon + .hours(1)
        ),
        PlannerCase(
            "a stop rule with a warning time of nothing stops at once",
            .stop(warn: .zero),
            Sample.record(),
            .stop,
            ["stop-rule"],
            deadline: noon
        ),
    ]

    @Test("D15: a stop that is to be warned of comes only after its warning", arguments: cases)
    func row(row: PlannerCase) {
        row.check()
    }
}
