// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How much of a budget a group has used, for people.
package struct UsageFigure: Hashable, Sendable {
    package var used: Amount
    package var limit: Amount
    package var state: State
    /// Whose budget it is: `owner alice`, `flavor modelarts.vm.cpu.2u`, `workspace 0`, `this notebook`.
    package var whose: String
    package var within: UsageBudget.Window

    package init(
        used: Amount,
        limit: Amount,
        state: State,
        whose: String,
        within: UsageBudget.Window
    ) {
        (self.used, self.limit, self.state, self.whose, self.within) = (used, limit, state, whose, within)
    }

    package enum State: Hashable, Sendable {
        case within
        /// The share of `warnAt` has been reached.
        case nearlySpent
        case over
    }

    package enum Amount: Hashable, Sendable {
        case time(Duration)
        case money(Money, currency: String)
    }
}

extension UsageFigure: CustomStringConvertible {
    /// `used 41h 12min of 40h by owner alice this week`.
    package var description: String { "used \(used) of \(limit) by \(whose) \(within)" }
}

extension UsageFigure.Amount: CustomStringConvertible {
    package var description: String {
        switch self {
        case .time(let time): time.hoursText
        case .money(let money, let currency): "\(money) \(currency)"
        }
    }
}

extension Duration {
    /// The span in hours, as budgets are written: `41h 12min`; under an hour as any other span.
    fileprivate var hoursText: String {
        let minutes = wholeMilliseconds / 60_000
        guard minutes >= 60 else { return spanText }
        return "\(minutes / 60)h" + (minutes % 60 == 0 ? "" : " \(minutes % 60)min")
    }
}
