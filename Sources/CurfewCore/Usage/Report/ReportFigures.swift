// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How much ran, was paid for and was saved, of one group of notebooks or of all.
///
/// Whole numbers, so that sums are exact in any order.
package struct ReportFigures: Sendable, Equatable {
    /// How long notebooks ran.
    package var ran = Amount()
    /// How much of that they were idle, as far as looks prove it.
    package var idle = Amount()
    /// How long they would have run on, had they not been stopped; see `SavedSpan`.
    package var saved = Amount()
    package var stops = 0
    package var renewals = 0

    package init() {}

    /// A time, and what it costs.
    package struct Amount: Sendable, Equatable {
        package private(set) var milliseconds: Int64 = 0
        /// The part of the time that has no price.
        package private(set) var unpricedMilliseconds: Int64 = 0
        /// Ten-thousandths of the currency's unit, times the milliseconds of an hour.
        package private(set) var cost: Int128 = 0

        package init() {}

        /// The cost, rounded to the nearest ten-thousandth.
        package var money: Money {
            let perHour = UsageBudget.millisecondsPerHour
            return Money(tenThousandths: Int64(clamping: (cost + perHour / 2) / perHour))
        }

        mutating func add(_ span: Duration, at price: Money?) {
            let time = span.wholeMilliseconds
            milliseconds += time
            cost += Int128(time) * Int128(UsageMeasure.Meter.cost.rate(at: price))
            unpricedMilliseconds += time * UsageMeasure.Meter.unpriced.rate(at: price)
        }

        package static func += (left: inout Amount, right: Amount) {
            left.milliseconds += right.milliseconds
            left.unpricedMilliseconds += right.unpricedMilliseconds
            left.cost += right.cost
        }
    }

    package static func += (left: inout ReportFigures, right: ReportFigures) {
        left.ran += right.ran
        left.idle += right.idle
        left.saved += right.saved
        left.stops += right.stops
        left.renewals += right.renewals
    }
}
