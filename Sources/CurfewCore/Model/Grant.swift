// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Keep-alive that an operator granted to a notebook from outside the cloud.
package struct Grant: Hashable, Sendable {
    package let until: Timestamp
    /// Why, in the operator's words.
    package let reason: String?
    /// The operator's user name.
    package let by: String
    package let grantedAt: Timestamp
    /// When the first of an unbroken row of grants was given; `MarkSettings.longest` counts from it, as from the first
    /// sight of a mark.
    package let since: Timestamp
    /// When it was withdrawn, if it was.
    package let withdrawnAt: Timestamp?

    package init(
        until: Timestamp,
        reason: String? = nil,
        by: String,
        grantedAt: Timestamp,
        since: Timestamp? = nil,
        withdrawnAt: Timestamp? = nil
    ) {
        self.until = until
        self.reason = reason
        self.by = by
        self.grantedAt = grantedAt
        self.since = since ?? grantedAt
        self.withdrawnAt = withdrawnAt
    }

    /// Until when it holds, where none may hold longer than `longest`.
    package func holdsUntil(longest: Duration) -> Timestamp {
        min(withdrawnAt ?? until, until, since + longest)
    }

    /// The grant as part of the row that `earlier` belongs to, if that had not been over for a day.
    package func following(_ earlier: Grant?) -> Grant {
        guard let earlier else { return self }
        let end = min(earlier.withdrawnAt ?? earlier.until, earlier.until)
        guard grantedAt - end < MarkSpell.longestAbsence else { return self }
        return copy(since: min(earlier.since, grantedAt))
    }

    /// The grant as withdrawn at `now`.
    package func withdrawn(at now: Timestamp) -> Grant { copy(withdrawnAt: withdrawnAt ?? now) }

    /// The grant after the clock was set back to `now`; its end stays what the operator said.
    func clamped(to now: Timestamp) -> Grant {
        Grant(
            until: until,
            reason: reason,
            by: by,
            grantedAt: min(grantedAt, now),
            since: min(since, now),
            withdrawnAt: withdrawnAt.map { min($0, now) }
        )
    }

    private func copy(since: Timestamp? = nil, withdrawnAt: Timestamp? = nil) -> Grant {
        Grant(
            until: until,
            reason: reason,
            by: by,
            grantedAt: grantedAt,
            since: since ?? self.since,
            withdrawnAt: withdrawnAt ?? self.withdrawnAt
        )
    }
}
