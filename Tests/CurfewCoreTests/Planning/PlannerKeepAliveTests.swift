// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct PlannerKeepAliveTests {
    private static let kept = Outcome.keepAlive(KeepAlive())

    private static func record(_ lease: LeaseReading) -> NotebookRecord {
        Sample.record(Sample.notebook(lease: lease))
    }

    private static func with(_ left: Duration, kind: Lease.Kind = .timing) -> NotebookRecord {
        record(Sample.lease(left: left, kind: kind))
    }

    static let cases: [PlannerCase] = [
        PlannerCase(
            "a long lease is left until less than renewBefore is left",
            kept,
            with(.hours(10)),
            .leave,
            ["kept-alive", "lease-long-enough"],
            nextReview: noon + .hours(10) - .minutes(30) + .milliseconds(1)
        ),
        PlannerCase(
            "exactly renewBefore left is not less",
            kept,
            with(.minutes(30)),
            .leave,
            ["kept-alive", "lease-long-enough"],
            nextReview: noon + .milliseconds(1)
        ),
        PlannerCase(
            "a millisecond less is due",
            kept,
            with(.minutes(30) - .milliseconds(1)),
            .prolong(.hours(2), .timing),
            ["kept-alive", "lease-ending"]
        ),
        PlannerCase(
            "a lease that ran out is still prolonged while the notebook runs",
            kept,
            with(.minutes(-3)),
            .prolong(.hours(2), .timing),
            ["kept-alive", "lease-ending"]
        ),
        PlannerCase(
            "a disabled lease cannot run out",
            kept,
            record(Sample.lease(left: .minutes(1), isEnabled: false)),
            .leave,
            ["kept-alive", "lease-unlimited"]
        ),
        PlannerCase(
            "a lease of duration -1 cannot run out",
            kept,
            record(
                .known(
                    Lease(
                        isEnabled: true,
                        kind: .timing,
                        createdAt: noon,
                        duration: .milliseconds(-1),
                        updatedAt: nil
                    )
                )
            ),
            .leave,
            ["kept-alive", "lease-unlimited"]
        ),
        PlannerCase(
            "an unreadable lease gets no renewal",
            kept,
            record(.unreadable),
            .leave,
            ["kept-alive", "lease-unreadable"]
        ),
        PlannerCase(
            "a lease of an unheard-of type gets no renewal",
            kept,
            with(.minutes(1), kind: .unrecognized("NEW")),
            .leave,
            ["kept-alive", "lease-unreadable"]
        ),
        PlannerCase(
            "an IDLE lease becomes TIMING at once",
            kept,
            with(.minutes(90), kind: .idle),
            .prolong(.hours(2), .timing),
            ["kept-alive", "lease-of-type-idle"]
        ),
        PlannerCase(
            "an IDLE lease that may last longer keeps what it may have left",
            kept,
            with(.hours(30), kind: .idle),
            .prolong(.hours(30) + .minutes(1), .timing),
            ["kept-alive", "lease-of-type-idle"]
        ),
        PlannerCase(
            "an IDLE lease beyond what the cloud accepts waits until it can be turned",
            kept,
            with(.hours(80), kind: .idle),
            .leave,
            ["kept-alive", "lease-long-enough"],
            nextReview: noon + .hours(8) + .minutes(1)
        ),
        PlannerCase(
            "an IDLE lease whose arithmetic has run out is turned too",
            kept,
            with(.minutes(-10), kind: .idle),
            .prolong(.hours(2), .timing),
            ["kept-alive", "lease-of-type-idle"]
        ),
        PlannerCase(
            "leaseType keep leaves a long IDLE lease alone",
            .keepAlive(KeepAlive(leaseType: .keep)),
            with(.hours(10), kind: .idle),
            .leave,
            ["kept-alive", "lease-long-enough"],
            nextReview: noon + .hours(10) - .minutes(30) + .milliseconds(1)
        ),
        PlannerCase(
            "leaseType keep prolongs an IDLE lease as an IDLE one",
            .keepAlive(KeepAlive(leaseType: .keep)),
            with(.minutes(10), kind: .idle),
            .prolong(.hours(2), .idle),
            ["kept-alive", "lease-ending"]
        ),
        PlannerCase(
            "the terms of the rule count",
            .keepAlive(KeepAlive(lease: LeaseTerms(extendBy: .hours(72), renewBefore: .hours(71)))),
            with(.hours(70)),
            .prolong(.hours(72), .timing),
            ["kept-alive", "lease-ending"]
        ),
        PlannerCase(
            "until is looked at again when it comes",
            .keepAlive(KeepAlive(until: noon + .minutes(5), reason: "release")),
            with(.hours(10)),
            .leave,
            ["kept-alive", "lease-long-enough"],
            nextReview: noon + .minutes(5)
        ),
        PlannerCase(
            "an exempt notebook's lease runs out by itself",
            .exempt,
            with(.minutes(1)),
            .leave,
            ["exempt"]
        ),
    ]

    @Test("I1: a kept notebook is prolonged, never stopped", arguments: cases)
    func row(row: PlannerCase) {
        row.check()
    }

    @Test func `I5: a renewal never shortens a lease, however odd the terms`() {
        let odd = KeepAlive(lease: LeaseTerms(extendBy: .hours(1), renewBefore: .hours(5)))
        for left in stride(from: 1, through: 400, by: 7) {
            let record = Self.with(.minutes(left))
            let decision = Planner.decide(record, policy: Sample.policy(.keepAlive(odd)), now: noon)
            guard case .prolong(let duration, _) = decision.action else { continue }
            #expect(duration >= .minutes(left), "\(left) minutes were left")
        }
    }

    @Test func `I5: turning an IDLE lease never shortens it`() {
        for left in stride(from: -60, through: 80 * 60, by: 13) {
            let record = Self.with(.minutes(left), kind: .idle)
            let decision = Planner.decide(record, policy: Sample.policy(Self.kept), now: noon)
            guard case .prolong(let duration, let kind) = decision.action else { continue }
            #expect(kind == .timing)
            #expect(duration >= .minutes(left))
            #expect(LeaseTerms.accepted.contains(duration))
        }
    }

    @Test func `I1: a kept notebook is not stopped on any evidence`() {
        let looks = [Sample.look(.idle(since: noon - .days(9)), at: noon)]
        let record = Sample.record(startedAt: noon - .days(10), looks: looks)
        for outcome in [Self.kept, .exempt] {
            let decision = Planner.decide(record, policy: Sample.policy(outcome, .stop(warn: nil)), now: noon)
            #expect(decision.action == .leave)
            #expect(decision.probe == nil)
        }
    }
}
