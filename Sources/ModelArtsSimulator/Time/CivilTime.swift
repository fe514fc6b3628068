// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Calendar forms of instants, in UTC, as they appear on the wire.
///
/// Hand-written, because the formats are few and fixed, and because every reply carries one of them.
struct CivilTime: Equatable, Sendable {
    let year: Int
    let month: Int
    let day: Int
    /// 0 is Sunday.
    let weekday: Int
    let hour: Int
    let minute: Int
    let second: Int
    let millisecond: Int

    /// Splits an instant; proleptic Gregorian calendar, by the "days from civil" method.
    /// - Parameter instant: Milliseconds since 1970 UTC.
    init(_ instant: Int64) {
        let days = Int((Double(instant) / 86_400_000).rounded(.down))
        let rest = Int(instant) - days * 86_400_000
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        weekday = ((days + 4) % 7 + 7) % 7
        hour = rest / 3_600_000
        minute = rest / 60_000 % 60
        second = rest / 1000 % 60
        millisecond = rest % 1000
    }

    /// `2026-03-01T12:00:00.123000Z`, as Jupyter Server, IAM and the metadata service print instants.
    var iso8601WithMicroseconds: String {
        "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(clock(":")).\(padded(millisecond, 3))000Z"
    }

    /// `Sun, 01 Mar 2026 12:00:00 GMT`, as in an HTTP `Date` header.
    var httpDate: String {
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(weekdays[weekday]), \(padded(day, 2)) \(months[month - 1]) \(padded(year, 4)) \(clock(":")) GMT"
    }

    /// `20260301T120000Z`, as in `X-Sdk-Date`.
    var basic: String { "\(padded(year, 4))\(padded(month, 2))\(padded(day, 2))T\(clock(""))Z" }

    /// Reads `20260301T120000Z`.
    /// - Returns: Milliseconds since 1970 UTC, or `nil` when the text is not of that form.
    static func instant(basic text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8),
            let hour = number(9..<11), let minute = number(11..<13), let second = number(13..<15),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return Int64(((days * 24 + hour) * 60 + minute) * 60 + second) * 1000
    }

    private func clock(_ separator: String) -> String {
        padded(hour, 2) + separator + padded(minute, 2) + separator + padded(second, 2)
    }

    private func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
