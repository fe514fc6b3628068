// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How much a group of notebooks may run, or cost, in a window of time.
package struct UsageBudget: Hashable, Sendable {
    package var per: Grouping
    package var within: Window
    /// The running time of all notebooks of the group together, over 0; nil for no such limit.
    package var hours: Duration?
    /// What they may cost together, over 0; nil for no such limit.
    package var cost: Money?
    /// The share of a limit, in percent from 1 to 100, at which a warning is given; nil for none.
    package var warnAt: Int?

    /// Which notebooks share a budget.
    package enum Grouping: String, Sendable, CaseIterable {
        case owner
        case flavor
        case workspace
        case notebook
    }

    /// The time of which the usage counts.
    package enum Window: Hashable, Sendable {
        /// The calendar's day, week (from Monday, ISO 8601) or month that is now, in the policy's zone.
        case day
        case week
        case month
        /// The span that ends now.
        case span(Duration)
    }

    /// The longest span: less than the ledger keeps runs for.
    package static let longestSpan: Duration = .seconds(366 * 86_400)

    package init(
        per: Grouping,
        within: Window,
        hours: Duration? = nil,
        cost: Money? = nil,
        warnAt: Int? = nil
    ) {
        (self.per, self.within, self.hours, self.cost, self.warnAt) = (per, within, hours, cost, warnAt)
    }
}

extension UsageBudget.Window: CustomStringConvertible {
    /// As it completes "used 41h of 40h …".
    package var description: String {
        switch self {
        case .day: "today"
        case .week: "this week"
        case .month: "this month"
        case .span(let span): "within \(span.spanText)"
        }
    }
}
