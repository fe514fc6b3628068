// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How instants are written: RFC 3339 in UTC with milliseconds, everywhere.
extension Timestamp: CustomStringConvertible {
    /// The instant as `2026-11-21T08:00:00.000Z`.
    package var description: String {
        let (date, time) = civil
        return "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2))"
            + "T\(pad(time.hour, 2)):\(pad(time.minute, 2)):\(pad(time.second, 2)).\(pad(time.millisecond, 3))Z"
    }

    /// The date and the time of day in UTC, in the proleptic Gregorian calendar.
    ///
    /// The conversion is Howard Hinnant's `civil_from_days`, which is exact for every day and needs no calendar library
    /// in the middle of a plan.
    package var civil:
        (
            date: (year: Int, month: Int, day: Int), time: (hour: Int, minute: Int, second: Int, millisecond: Int)
        )
    {
        let days = milliseconds.flooredQuotient(by: 86_400_000)
        // Not `milliseconds - days * 86_400_000`, which overflows at the beginning of the range.
        let rest = Int((milliseconds % 86_400_000 + 86_400_000) % 86_400_000)
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (
            (Int(year), Int(month), Int(day)),
            (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60, rest % 1_000)
        )
    }

    private func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number.magnitude)
        let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
        return (number < 0 ? "-" : "") + zeros + digits
    }
}

extension Int64 {
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
