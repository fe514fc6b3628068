// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Reads durations as `systemd.time(7)` writes time spans: `90s`, `45min`, `1h 30min`, `2d`, `1.5h`.
///
/// Unlike systemd, every number needs its unit, and `infinity` is no duration. Units are case-sensitive, because `m` is
/// a minute and `M` a month. Anything below a microsecond is dropped.
package enum DurationText {
    /// Why a text is no duration.
    package enum Malformed: Error, Equatable {
        case empty
        /// A number stands alone; it holds the number.
        case missingUnit(String)
        /// It holds the unit as written and, where one is near, the one that was meant.
        case unknownUnit(String, nearest: String?)
        /// It holds what stands where a number should.
        case notANumber(String)
        case negative
        /// More than 100 years, which no instant survives.
        case tooLong
    }

    private static let most: Int64 = 100 * 31_557_600 * 1_000_000

    /// Reads a time span; throws what is wrong with it.
    package static func parse(_ text: String) throws(Malformed) -> Duration {
        var rest = Substring(text).unicodeScalars
        var total: Int64 = 0
        skipSpaces(&rest)
        if rest.isEmpty { throw .empty }
        if rest.first == "-" || rest.first == "\u{2212}" { throw .negative }
        while !rest.isEmpty {
            let (amount, overflow) = total.addingReportingOverflow(try component(&rest))
            if overflow || amount > most { throw .tooLong }
            total = amount
            skipSpaces(&rest)
        }
        return .microseconds(total)
    }

    /// Reads one number with its unit, in microseconds.
    private static func component(_ rest: inout Substring.UnicodeScalarView) throws(Malformed) -> Int64 {
        let start = rest
        let whole = take(&rest, while: isDigit)
        if whole.isEmpty { throw .notANumber(String(start)) }
        var fraction = ""
        if rest.first == "." {
            rest.removeFirst()
            fraction = take(&rest, while: isDigit)
            if fraction.isEmpty { throw .notANumber(String(start)) }
        }
        let number = fraction.isEmpty ? whole : "\(whole).\(fraction)"
        skipSpaces(&rest)
        let word = take(&rest) { !isDigit($0) && !isSpace($0) && $0 != "." }
        if word.isEmpty { throw .missingUnit(number) }
        guard let unit = TimeUnit.named(word) else { throw .unknownUnit(word, nearest: TimeUnit.nearest(to: word)) }
        guard let count = Int64(whole) else { throw .tooLong }
        let product = count.multipliedReportingOverflow(by: unit)
        if product.overflow || product.partialValue > most { throw .tooLong }
        var sum = product.partialValue
        var place = unit
        for digit in fraction.utf8 {
            place /= 10
            sum += place * Int64(digit - UInt8(ascii: "0"))
        }
        return sum
    }

    private static func take(
        _ rest: inout Substring.UnicodeScalarView,
        while belongs: (Unicode.Scalar) -> Bool
    ) -> String {
        let part = rest.prefix(while: belongs)
        rest = rest[part.endIndex...]
        return String(part)
    }

    private static func skipSpaces(_ rest: inout Substring.UnicodeScalarView) {
        rest = rest.drop(while: isSpace)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
}

extension DurationText.Malformed: CustomStringConvertible {
    /// What is wrong and what to write instead, to be put behind a colon.
    package var description: String {
        switch self {
        case .empty: "it is empty; write a number with a unit, such as 90s, 45min or 1h 30min"
        case .missingUnit(let number): "\(number) has no unit; did you mean \(number)s, \(number)min or \(number)h?"
        case .unknownUnit(",", _): "write a point in a number such as 1.5h, not a comma"
        case .unknownUnit(":", _): "write it with units, as in 1h 30min, not as a clock shows it"
        case .unknownUnit(let word, let nearest):
            "\(Quoted.value(word)) is no unit of time; "
                + (nearest.map { "did you mean \($0)?" } ?? "the usual ones are s, min, h, d and w")
        case .notANumber(let rest): "a number is missing before \(Quoted.value(rest)); write one such as 1h 30min"
        case .negative: "it is negative; a time span is not"
        case .tooLong: "it is longer than 100 years"
        }
    }
}
