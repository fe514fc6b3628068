// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What becomes of a notebook that a rule matched; exactly one per rule.
package enum Outcome: Sendable, Equatable {
    /// Its lease is prolonged before it runs out; it is never stopped.
    case keepAlive(KeepAlive)
    /// It is stopped once it has been idle for its budget.
    case idle(IdleBudget)
    /// It is stopped, active or not, after the warning time.
    case stop(warn: Duration?)
    /// It is never touched: neither prolonged nor stopped.
    case exempt
}

/// How far a lease is prolonged, and when.
package struct LeaseTerms: Sendable, Equatable {
    /// The remaining time after a renewal: 1 h to 72 h (ModelArts API reference); also how long a kept notebook
    /// outlives a dead daemon.
    package var extendBy: Duration
    /// A renewal is due when less than this is left; shorter than `extendBy`, longer than two poll intervals.
    package var renewBefore: Duration

    package init(extendBy: Duration = .seconds(2 * 3_600), renewBefore: Duration = .seconds(30 * 60)) {
        self.extendBy = extendBy
        self.renewBefore = renewBefore
    }

    /// What the cloud accepts as the duration of a renewal (ModelArts API reference: 3 600 000 to 259 200 000 ms).
    package static let accepted: ClosedRange<Duration> = .seconds(3_600)...(.seconds(72 * 3_600))
}

/// The terms of a `keepAlive` outcome.
package struct KeepAlive: Sendable, Equatable {
    /// From here on the rule no longer matches and later rules decide; nil for no end.
    package var until: Timestamp?
    package var lease: LeaseTerms
    package var leaseType: LeaseType
    /// Why, in the administrator's words.
    package var reason: String?

    /// What a renewal does to an IDLE lease.
    package enum LeaseType: String, Sendable, CaseIterable {
        /// Turns it into a TIMING lease, because the cloud may end an IDLE one whenever it finds the notebook idle.
        case timing
        /// Keeps its type, and accepts that.
        case keep
    }

    package init(
        until: Timestamp? = nil,
        lease: LeaseTerms = LeaseTerms(),
        leaseType: LeaseType = .timing,
        reason: String? = nil
    ) {
        self.until = until
        self.lease = lease
        self.leaseType = leaseType
        self.reason = reason
    }
}

/// The terms of an `idle` outcome.
package struct IdleBudget: Sendable, Equatable {
    /// How long the notebook may be idle before it is stopped.
    package var budget: Duration
    package var evidence: EvidenceRequirement
    /// How long before the stop the warning is given; nil for no warning.
    package var warn: Duration?
    package var whileActive: WhileActive
    /// The terms of `whileActive: prolong`.
    package var lease: LeaseTerms

    /// What happens to a lease that would end while the notebook is in use.
    package enum WhileActive: String, Sendable, CaseIterable {
        /// The user's own lease runs.
        case leave
        /// It is prolonged.
        case prolong
    }

    package init(
        budget: Duration,
        evidence: EvidenceRequirement,
        warn: Duration? = nil,
        whileActive: WhileActive = .leave,
        lease: LeaseTerms = LeaseTerms()
    ) {
        self.budget = budget
        self.evidence = evidence
        self.warn = warn
        self.whileActive = whileActive
        self.lease = lease
    }
}
