// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// One budget of one group.
package struct UsageAccount: Hashable, Sendable {
    package let budget: UsageBudget
    package let group: UsageGroup

    package init(budget: UsageBudget, group: UsageGroup) {
        (self.budget, self.group) = (budget, group)
    }
}

/// How an account stands at an instant, and until when it stands so if what runs goes on running.
package struct UsageStanding: Hashable, Sendable {
    package var verdict: Verdict
    /// Whether the share of `warnAt` has been reached.
    package var isNearlySpent: Bool
    package var judgedAt: Timestamp
    /// The window at that instant.
    var window: UsageWindow
    /// The first instant at which it can stand otherwise without a start or an end; nil for never.
    package var changesAt: Timestamp?

    package enum Verdict: Hashable, Sendable {
        /// Not over a limit.
        case within
        /// Over a limit: more was used than it says.
        case over
        /// Some of what was used has no price.
        case unknown
    }

    /// Whether it is known to stand so at `now`.
    func holds(at now: Timestamp) -> Bool { now >= judgedAt && changesAt.map { now < $0 } ?? true }

    /// Whether it stands as another one, whatever the instants.
    func agrees(with other: UsageStanding?) -> Bool {
        (verdict, isNearlySpent) == (other?.verdict ?? .within, other?.isNearlySpent ?? false)
    }
}
