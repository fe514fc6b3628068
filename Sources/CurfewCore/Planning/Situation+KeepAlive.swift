// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Situation {
    func keptAlive(_ terms: KeepAlive) -> Decision {
        let kept = Reason.keptAlive(until: terms.until, reason: terms.reason)
        var decision: Decision
        switch leaseCare(terms.lease, turningIdleIntoTiming: terms.leaseType == .timing) {
        case .nothing(let reason, let review): decision = decide(.leave, [kept, reason], nextReview: review)
        case .renew(let reason, let duration, let kind): decision = decide(.prolong(duration, kind), [kept, reason])
        }
        decision.nextReview = Planner.earliest(decision.nextReview, terms.until)
        return decision
    }

    /// What becomes of a notebook that an earlier rule may protect, for what cannot be read or is not known.
    ///
    /// It is neither warned nor stopped; where the rule lets no lease end that may be in use, none ends.
    func undecided(_ outcome: Outcome, _ why: Reason) -> Decision {
        var decision = decide(.leave, [why])
        guard case .idle(let terms) = outcome, terms.whileActive == .prolong else { return decision }
        switch leaseCare(terms.lease, turningIdleIntoTiming: false) {
        case .nothing(_, let review): decision.nextReview = review
        case .renew(let reason, let duration, let kind):
            decision.action = .prolong(duration, kind)
            decision.reasons.insert(reason, at: 0)
        }
        return decision
    }

    /// How far the cloud's clock may be from ours unnoticed, with the time that a request takes.
    private static let clockDifference: Duration = .seconds(60)

    /// What a lease needs so that it does not run out.
    enum LeaseCare {
        case nothing(Reason, review: Timestamp?)
        case renew(Reason, Duration, Lease.Kind)
    }

    /// Tells whether the lease is due for a renewal under `terms`.
    ///
    /// A reply without a lease does not undo what is known of it; no renewal goes out on that alone, see `Planner.verify`.
    /// A renewal *sets* the remaining time (ModelArts API reference), so it is only ever due when it lengthens the lease:
    /// when less than `renewBefore`, and clearly less than `extendBy`, is left.
    func leaseCare(_ terms: LeaseTerms, turningIdleIntoTiming: Bool) -> LeaseCare {
        guard let lease = record.lease else { return .nothing(.leaseUnreadable, review: nil) }
        if case .unrecognized = lease.kind { return .nothing(.leaseUnreadable, review: nil) }
        guard let expiry = lease.expiry else { return .nothing(.leaseUnlimited, review: nil) }
        let left = expiry - now
        if lease.kind == .idle, turningIdleIntoTiming {
            // The end of an IDLE lease cannot be computed, so it is turned at once, and to no less than it may have left.
            let wanted = left + Self.clockDifference
            guard wanted <= LeaseTerms.accepted.upperBound else {
                let review = expiry + Self.clockDifference - LeaseTerms.accepted.upperBound
                return .nothing(.leaseLongEnough(left: left), review: review)
            }
            return .renew(.leaseOfTypeIdle, max(terms.extendBy, wanted), .timing)
        }
        let threshold = min(terms.renewBefore, terms.extendBy - Self.clockDifference)
        guard left < threshold else {
            let review = expiry - threshold + .milliseconds(1)
            return .nothing(.leaseLongEnough(left: left), review: review)
        }
        return .renew(.leaseEnding(left: left), terms.extendBy, lease.kind)
    }
}
