// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

extension CivilDate {
    /// The end of this day in `zone`: the first instant of the following day there.
    ///
    /// A day ends when the wall clock says so, which is 23 or 25 hours after its beginning when the clocks change.
    package func end(in zone: TimeZone) -> Timestamp {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let noon = Timestamp(
            milliseconds: Int64(CivilDate.daysSince1970(year: year, month: month, day: day)) * 86_400_000 + 43_200_000
        )
        let offset = zone.secondsFromGMT(for: noon.date)
        let localNoon = noon - .seconds(offset)
        let startOfDay = calendar.startOfDay(for: localNoon.date)
        // 36 hours after midnight is inside the next day whatever the clocks do, and its start is this day's end.
        return Timestamp(date: calendar.startOfDay(for: startOfDay.addingTimeInterval(36 * 3_600)))
    }
}

extension Timestamp {
    /// The same instant as Foundation's type, for calendars and time zones.
    package var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1_000) }

    /// The instant of a Foundation date, rounded to the millisecond.
    package init(date: Date) {
        self.init(milliseconds: Int64((date.timeIntervalSince1970 * 1_000).rounded()))
    }
}
