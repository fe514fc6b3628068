// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The instants that matter for one notebook, each nil where there is none.
package struct Deadlines: Sendable, Equatable {
    /// When its idle budget is spent; where its activity is unknown, the earliest instant at which it can be.
    package private(set) var idleBudgetSpentAt: Timestamp?
    /// When the warning falls due that has not been given; nil where the activity is unknown, which warns nobody.
    package private(set) var warnAt: Timestamp?
    /// When the warning was given that still counts.
    package private(set) var warnedAt: Timestamp?
    /// When it will be stopped if nothing new is seen.
    package let stopAt: Timestamp?
    /// When its lease runs out.
    package let leaseEndsAt: Timestamp?
    /// When its lease is prolonged next; under an `idle` rule only if somebody still uses it then.
    package private(set) var renewalAt: Timestamp?
    /// From when on another look at the evidence matters.
    package let lookAt: Timestamp?
    /// The next instant at which the decision can change without new facts.
    package let reviewAt: Timestamp?

    init(_ decision: Decision, _ record: NotebookRecord, under outcome: Outcome?, now: Timestamp) {
        stopAt = decision.deadline
        lookAt = decision.probe?.at
        reviewAt = decision.nextReview
        leaseEndsAt = record.notebook.status.isRunning ? record.lease?.expiry : nil
        guard let outcome, let rule = decision.rule else { return }
        let situation = Situation(record: record, rule: rule, now: now, notBefore: now)
        switch outcome {
        case .exempt: break
        case .stop(let warn): setWarning(situation, warn, from: now, lastActivityAt: record.runningSince)
        case .keepAlive(let terms):
            renewalAt = situation.renewal(terms.lease, turningIdleIntoTiming: terms.leaseType == .timing)
        case .idle(let terms):
            if terms.whileActive == .prolong {
                renewalAt = situation.renewal(terms.lease, turningIdleIntoTiming: false)
            }
            // A notebook that is left alone for other reasons has no budget.
            guard let activity = decision.activity else { return }
            let spent = activity.lastActivityAt + terms.budget
            idleBudgetSpentAt = spent
            if case .unknown = activity.state { return }
            setWarning(
                situation,
                terms.warn,
                from: spent - (terms.warn ?? .zero),
                lastActivityAt: activity.lastActivityAt
            )
        }
    }

    private mutating func setWarning(
        _ situation: Situation,
        _ warn: Duration?,
        from due: Timestamp,
        lastActivityAt: Timestamp
    ) {
        guard let warn, warn > .zero else { return }
        warnedAt = situation.warningGiven(lastActivityAt: lastActivityAt)
        if warnedAt == nil { warnAt = due }
    }
}

extension Situation {
    /// When the lease is prolonged next, now if it is due; nil where nothing is to be prolonged.
    fileprivate func renewal(_ terms: LeaseTerms, turningIdleIntoTiming: Bool) -> Timestamp? {
        switch leaseCare(terms, turningIdleIntoTiming: turningIdleIntoTiming) {
        case .nothing(_, let review): review
        case .renew: now
        }
    }
}
