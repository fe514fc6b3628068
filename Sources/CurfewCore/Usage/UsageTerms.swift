// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// All that usage depends on in a policy.
package struct UsageTerms: Hashable, Sendable {
    /// The budgets of all rules, each once.
    package let budgets: [UsageBudget]
    package let prices: PriceList?
    let zone: TimeZone
    /// What has to be summed.
    let measures: Set<UsageMeasure>
    /// How far back runs matter.
    package let longest: Duration

    /// Nil where no rule asks for usage.
    package init?(_ policy: Policy) {
        var budgets: [UsageBudget] = []
        for rule in policy.rules {
            for budget in rule.match.budgets where !budgets.contains(budget) { budgets.append(budget) }
        }
        guard !budgets.isEmpty else { return nil }
        self.budgets = budgets
        (prices, zone) = (policy.prices, policy.timeZone)
        measures = Set(budgets.flatMap(\.measures))
        longest = budgets.map(\.within.reach).max() ?? .zero
    }

    /// Whether what was summed for these terms serves `next`, too.
    package func cover(_ next: UsageTerms) -> Bool {
        prices == next.prices && measures.isSuperset(of: next.measures) && longest >= next.longest
    }
}

/// Something that is summed for each group of a kind.
struct UsageMeasure: Hashable, Sendable {
    let per: UsageBudget.Grouping
    let meter: Meter

    enum Meter: Hashable, Sendable {
        /// Milliseconds of running.
        case time
        /// Ten-thousandths of the currency's unit, times the milliseconds of an hour.
        case cost
        /// Milliseconds of running whose price nobody knows.
        case unpriced

        /// What a notebook of that price uses in a millisecond.
        func rate(at price: Money?) -> Int64 {
            switch self {
            case .time: 1
            case .cost: price?.tenThousandths ?? 0
            case .unpriced: price == nil ? 1 : 0
            }
        }
    }
}

extension UsageBudget {
    static let millisecondsPerHour: Int128 = 3_600_000

    fileprivate var measures: [UsageMeasure] {
        (hours == nil ? [] : [.time]).map { UsageMeasure(per: per, meter: $0) }
            + (cost == nil ? [] : [.cost, .unpriced]).map { UsageMeasure(per: per, meter: $0) }
    }

    /// The limits in the units of their meters.
    var limits: [(meter: UsageMeasure.Meter, limit: Int128)] {
        var limits: [(UsageMeasure.Meter, Int128)] = []
        if let hours { limits.append((.time, Int128(hours.wholeMilliseconds))) }
        if let cost { limits.append((.cost, Int128(cost.tenThousandths) * Self.millisecondsPerHour)) }
        return limits
    }

    /// From which amount on the share of `warnAt` is reached; nil where no warning is wanted.
    func warningThreshold(_ limit: Int128) -> Int128? {
        warnAt.map { max(1, (limit * Int128($0) + 99) / 100) }
    }
}

extension UsageBudget.Window {
    /// The longest that the window can be; days of 25 hours are among them.
    fileprivate var reach: Duration {
        switch self {
        case .day: .seconds(2 * 86_400)
        case .week: .seconds(8 * 86_400)
        case .month: .seconds(32 * 86_400)
        case .span(let span): span
        }
    }
}

extension Selector {
    /// The budgets that the conditions ask for, at any depth.
    package var budgets: [UsageBudget] {
        conditions.flatMap { condition -> [UsageBudget] in
            switch condition {
            case .spent(let budget): [budget]
            case .not(let inner): inner.budgets
            default: []
            }
        }
    }
}

extension UsageBudget: CustomStringConvertible {
    /// The budget as the ledger names it; the same text for the same budget for ever.
    package var description: String {
        var parts = ["per \(per.rawValue)"]
        switch within {
        case .day: parts.append("within day")
        case .week: parts.append("within week")
        case .month: parts.append("within month")
        case .span(let span): parts.append("within \(span.wholeMilliseconds)ms")
        }
        if let hours { parts.append("hours \(hours.wholeMilliseconds)ms") }
        if let cost { parts.append("cost \(cost.tenThousandths)/10000") }
        if let warnAt { parts.append("warnAt \(warnAt)%") }
        return parts.joined(separator: ", ")
    }
}
