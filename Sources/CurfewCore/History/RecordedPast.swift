// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What the daemon recorded of one notebook around an instant: what it really decided and did.
package struct RecordedPast: Sendable, Equatable {
    /// The stops and renewals that were decided before the instant and after it, the nearest of both, oldest first.
    package var actions: [Action]
    /// The same of warnings.
    package var warnings: [Warned]
    /// Why no stop went out at that instant.
    package var holds: [HoldInForce]
    /// The policy in force then; nil where none is recorded.
    package var policy: PolicyInForce?
    /// Whether a daemon was alive then.
    package var isWatched: Bool

    /// A stop or a renewal, as it was explained before it was sent.
    package struct Action: Sendable, Equatable {
        /// `stop` or `prolong`.
        package var action: String
        package var rule: String?
        package var reasons: [RecordedReason]
        package var decidedAt: Timestamp
        package var deadline: Timestamp?
        /// As the ledger writes it, `confirmed` for instance; nil while it is open.
        package var outcome: String?
        /// Why nothing was done, where the outcome is such.
        package var detail: String?
        package var endedAt: Timestamp?

        package init(
            action: String,
            rule: String?,
            reasons: [RecordedReason],
            decidedAt: Timestamp,
            deadline: Timestamp? = nil,
            outcome: String? = nil,
            detail: String? = nil,
            endedAt: Timestamp? = nil
        ) {
            (self.action, self.rule, self.reasons, self.decidedAt) = (action, rule, reasons, decidedAt)
            (self.deadline, self.outcome, self.detail, self.endedAt) = (deadline, outcome, detail, endedAt)
        }
    }

    /// A reason as it was written down, by its stable code and in words.
    package struct RecordedReason: Codable, Sendable, Equatable {
        package var code: String
        package var text: String

        package init(code: String, text: String) {
            (self.code, self.text) = (code, text)
        }
    }

    package struct Warned: Sendable, Equatable {
        package var at: Timestamp
        package var rule: String
        package var stopAt: Timestamp

        package init(at: Timestamp, rule: String, stopAt: Timestamp) {
            (self.at, self.rule, self.stopAt) = (at, rule, stopAt)
        }
    }

    package struct PolicyInForce: Sendable, Equatable {
        /// Of the bytes of its file.
        package var digest: String
        package var mode: String
        package var since: Timestamp

        package init(digest: String, mode: String, since: Timestamp) {
            (self.digest, self.mode, self.since) = (digest, mode, since)
        }
    }

    package init(
        actions: [Action] = [],
        warnings: [Warned] = [],
        holds: [HoldInForce] = [],
        policy: PolicyInForce? = nil,
        isWatched: Bool = false
    ) {
        (self.actions, self.warnings, self.holds) = (actions, warnings, holds)
        (self.policy, self.isWatched) = (policy, isWatched)
    }
}
