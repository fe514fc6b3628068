// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Times of the week that come again, such as `Mon..Fri 20:00..07:00`.
package struct Window: Hashable, Sendable {
    /// The days on which it begins.
    package let days: Set<Weekday>
    /// Minutes from midnight of such a day, 0 to 1439.
    package let from: Int
    /// Minutes from the same midnight: later than `from`, by a day at most; over 1440 it ends on the next day.
    package let to: Int

    /// Midnight at the end of a day.
    package static let endOfDay = 1_440

    /// A window on each of `days`, the whole day by default.
    ///
    /// Where `to` is not later than `from`, the window crosses midnight and ends on the next day. Nil without any day,
    /// for equal times, and for times that no day has.
    package init?(days: Set<Weekday> = Set(Weekday.allCases), from: Int = 0, to: Int = endOfDay) {
        guard !days.isEmpty, (0..<Self.endOfDay).contains(from), (0...Self.endOfDay).contains(to), from != to else {
            return nil
        }
        self.days = days
        self.from = from
        self.to = to > from ? to : to + Self.endOfDay
    }
}

/// A day of the week; the raw value counts from Monday.
package enum Weekday: Int, CaseIterable, Sendable {
    case monday
    case tuesday
    case wednesday
    case thursday
    case friday
    case saturday
    case sunday

    /// The first day of 1970 was a Thursday.
    private static let first = 3

    /// The weekday of a day counted from 1970-01-01.
    package init(daysSince1970 days: Int) {
        let index = (days % 7 + 7 + Self.first) % 7
        self = Self.allCases[index]
    }
}
