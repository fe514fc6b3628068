// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials

/// Usage by the definition: the parts of all runs that lie in the window, one by one.
struct UsageOracle {
    struct Run {
        var notebook: NotebookID
        var traits: RunTraits
        var began: Timestamp
        /// Nil while it runs.
        var ended: Timestamp?
    }

    var runs: [Run] = []
    let prices: PriceList?
    let zone: TimeZone

    /// Whether the group is over the budget at `now`, with all runs that have begun by then; nil where a price is missing.
    func isOver(_ account: UsageAccount, at now: Timestamp) -> Bool? {
        let budget = account.budget
        let hours = budget.hours.map { used(account, at: now) { _ in 1 } > Int128($0.wholeMilliseconds) } ?? false
        if hours { return true }
        guard let cost = budget.cost else { return false }
        if used(account, at: now, rate: { prices?.price(of: $0.flavor) == nil ? 1 : 0 }) > 0 { return nil }
        let spent = used(account, at: now) { Int128(prices?.price(of: $0.flavor)?.tenThousandths ?? 0) }
        return spent > Int128(cost.tenThousandths) * 3_600_000
    }

    /// Whether so many percent of its hours are used.
    func isNear(_ account: UsageAccount, at now: Timestamp) -> Bool {
        guard let hours = account.budget.hours, let share = account.budget.warnAt else { return false }
        return used(account, at: now) { _ in 1 } * 100 >= Int128(hours.wholeMilliseconds) * Int128(share)
    }

    func used(_ account: UsageAccount, at now: Timestamp, rate: (RunTraits) -> Int128) -> Int128 {
        let start = windowStart(account.budget.within, at: now)
        var sum: Int128 = 0
        for run in runs where run.traits.group(account.group.per, of: run.notebook) == account.group {
            let from = max(run.began, start).milliseconds
            let until = min(run.ended ?? now, now).milliseconds
            if until > from { sum += rate(run.traits) * Int128(until - from) }
        }
        return sum
    }

    /// By Foundation's own intervals, where the book reckons by itself.
    private func windowStart(_ window: UsageBudget.Window, at now: Timestamp) -> Timestamp {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = zone
        let unit: Calendar.Component
        switch window {
        case .span(let span): return now - span
        case .day: unit = .day
        case .week: unit = .weekOfYear
        case .month: unit = .month
        }
        return calendar.dateInterval(of: unit, for: now.date).map { Timestamp(date: $0.start) } ?? now
    }
}
