// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

/// `whileActive: prolong`: the lease must not end under somebody who works.
struct PlannerWhileActiveTests {
    private typealias Use = EvidenceRequirement.Use
    private static let prolonging = Sample.idle(whileActive: .prolong)
    private static let lead = Duration.seconds(10)

    private static func record(_ activity: Activity?, at instant: Timestamp = noon, leaseLeft: Duration)
        -> NotebookRecord
    {
        let notebook = Sample.notebook(lease: Sample.lease(left: leaseLeft))
        return Sample.record(notebook, looks: activity.map { [Sample.look($0, at: instant)] } ?? [])
    }

    static let cases: [PlannerCase] = [
        PlannerCase(
            "a lease that ends while the notebook is in use is prolonged",
            prolonging,
            record(.active, leaseLeft: .minutes(20)),
            .prolong(.hours(2), .timing),
            ["lease-ending", "active", "within-budget"],
            deadline: noon + .hours(1),
            nextReview: noon + .hours(1),
            probeAt: noon + .hours(1) - lead
        ),
        PlannerCase(
            "a lease that ends inside the budget is prolonged",
            prolonging,
            record(.idle(since: noon - .minutes(10)), leaseLeft: .minutes(29)),
            .prolong(.hours(2), .timing),
            ["lease-ending", "within-budget"],
            deadline: noon + .minutes(50),
            nextReview: noon + .minutes(50),
            probeAt: noon + .minutes(50) - lead
        ),
        PlannerCase(
            "a lease that ends long after the deadline is left",
            prolonging,
            record(.idle(since: noon - .minutes(58)), leaseLeft: .minutes(29)),
            .leave,
            ["within-budget"],
            deadline: noon + .minutes(2),
            nextReview: noon + .minutes(2),
            probeAt: noon + .minutes(2) - lead
        ),
        PlannerCase(
            "a lease that ends right behind the deadline is prolonged: the look there would come too late",
            prolonging,
            record(.active, at: noon - .minutes(31), leaseLeft: .minutes(29) + .seconds(1)),
            .prolong(.hours(2), .timing),
            ["lease-ending", "active", "within-budget"],
            deadline: noon + .minutes(29),
            nextReview: noon + .minutes(29),
            probeAt: noon + .minutes(29) - lead
        ),
        PlannerCase(
            "a long lease is looked at again when it becomes due",
            prolonging,
            record(.active, leaseLeft: .minutes(70)),
            .leave,
            ["active", "within-budget"],
            deadline: noon + .hours(1),
            nextReview: noon + .minutes(40) + .milliseconds(1),
            probeAt: noon + .hours(1) - lead
        ),
        PlannerCase(
            "dark counts as in use",
            prolonging,
            record(.unknown(.noAccess), leaseLeft: .minutes(29)),
            .prolong(.hours(2), .timing),
            ["lease-ending", "evidence-unknown"],
            probeAt: noon
        ),
        PlannerCase(
            "nobody having looked is looked into first",
            prolonging,
            record(nil, leaseLeft: .minutes(29)),
            .leave,
            ["evidence-unknown"],
            probeAt: noon
        ),
        PlannerCase(
            "so is a look that is too old",
            Sample.idle(sources: [Use(source: Sample.jupyter, maxAge: .minutes(5))], whileActive: .prolong),
            record(.idle(since: noon - .hours(2)), at: noon - .minutes(6), leaseLeft: .minutes(29)),
            .leave,
            ["evidence-unknown"],
            probeAt: noon
        ),
        PlannerCase(
            "a stop that is due is not put off by prolonging",
            prolonging,
            record(.idle(since: noon - .hours(2)), leaseLeft: .minutes(5)),
            .stop,
            ["idle-budget-spent"],
            deadline: noon - .hours(1)
        ),
        PlannerCase(
            "an IDLE lease keeps its type",
            prolonging,
            Sample.record(
                Sample.notebook(lease: Sample.lease(left: .minutes(5), kind: .idle)),
                looks: [Sample.look(.active, at: noon)]
            ),
            .prolong(.hours(2), .idle),
            ["lease-ending", "active", "within-budget"],
            deadline: noon + .hours(1),
            nextReview: noon + .hours(1),
            probeAt: noon + .hours(1) - lead
        ),
        PlannerCase(
            "an unreadable lease gets no renewal",
            prolonging,
            Sample.record(Sample.notebook(lease: .unreadable), looks: [Sample.look(.active, at: noon)]),
            .leave,
            ["active", "within-budget"],
            deadline: noon + .hours(1),
            nextReview: noon + .hours(1),
            probeAt: noon + .hours(1) - lead
        ),
        PlannerCase(
            "whileActive leave lets the user's own lease run",
            Sample.idle(whileActive: .leave),
            record(.active, leaseLeft: .minutes(5)),
            .leave,
            ["active", "within-budget"],
            deadline: noon + .hours(1),
            nextReview: noon + .hours(1),
            probeAt: noon + .hours(1) - lead
        ),
        PlannerCase(
            "a warned notebook that waits for its stop is kept running until then",
            Sample.idle(warn: .minutes(20), whileActive: .prolong),
            record(.idle(since: noon - .hours(3)), leaseLeft: .minutes(10)).warned(at: noon - .minutes(5)),
            .prolong(.hours(2), .timing),
            ["lease-ending", "within-budget", "warned"],
            deadline: noon + .minutes(15),
            nextReview: noon + .minutes(15),
            probeAt: noon + .minutes(15) - lead
        ),
    ]

    @Test("a lease does not end while its notebook is in use, inside its budget, or dark", arguments: cases)
    func row(row: PlannerCase) {
        row.check()
    }
}
