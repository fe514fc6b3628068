// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Timestamp {
    /// Reads an RFC 3339 date-time with an offset, such as `2026-12-01T08:00:00+01:00` or `…07:00:00.123456Z`.
    ///
    /// The offset is obligatory, because a time without one means something else on every machine. Digits of the
    /// fraction beyond the millisecond are dropped. Returns nil for anything else, including impossible dates.
    package init?(rfc3339 text: String) {
        var reader = DigitReader(text)
        guard
            let year = reader.number(digits: 4), reader.skip("-"), let month = reader.number(digits: 2),
            reader.skip("-"), let day = reader.number(digits: 2), reader.skip("T") || reader.skip("t"),
            let hour = reader.number(digits: 2), reader.skip(":"), let minute = reader.number(digits: 2),
            reader.skip(":"), let second = reader.number(digits: 2)
        else { return nil }
        guard let fraction = reader.fraction(), let offset = reader.offsetMinutes(), reader.isAtEnd else { return nil }
        guard
            CivilDate.isValid(year: year, month: month, day: day), hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = CivilDate.daysSince1970(year: year, month: month, day: day)
        let seconds = Int64(days) * 86_400 + Int64(hour * 3_600 + minute * 60 + min(second, 59)) - Int64(offset * 60)
        self.init(milliseconds: seconds * 1_000 + Int64(fraction))
    }
}

/// Reads fixed-width numbers off the front of a text.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number(digits: Int) -> Int? {
        guard rest.count >= digits else { return nil }
        var value = 0
        for byte in rest.prefix(digits) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        rest = rest.dropFirst(digits)
        return value
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// The fraction of a second in milliseconds; 0 when there is none, nil when a point has no digit behind it.
    mutating func fraction() -> Int? {
        guard skip(".") else { return 0 }
        var milliseconds = 0
        var digits = 0
        while let digit = number(digits: 1) {
            if digits < 3 { milliseconds = milliseconds * 10 + digit }
            digits += 1
        }
        guard digits > 0 else { return nil }
        for _ in min(digits, 3)..<3 { milliseconds *= 10 }
        return milliseconds
    }

    mutating func offsetMinutes() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let sign = skip("+") ? 1 : (skip("-") ? -1 : 0)
        guard
            sign != 0, let hours = number(digits: 2), skip(":"), let minutes = number(digits: 2), hours < 24,
            minutes < 60
        else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
