// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore
internal import FoundationEssentials

/// Reads an instant: RFC 3339 with an offset, or a date, which means the end of that day in the policy's time zone.
enum InstantText {
    /// Why a text is no instant, to be put behind a colon.
    struct Malformed: Error {
        let reason: String
    }

    /// Before this no notebook existed, so it can only be a slip.
    private static let earliest = 2000

    /// Returns nil for a date when the zone is not known.
    static func parse(_ text: String, in zone: TimeZone?) throws(Malformed) -> Timestamp? {
        if let date = CivilDate(text) {
            guard date.year >= earliest else { throw Malformed(reason: "its year must be \(earliest) or later") }
            return zone.map { date.end(in: $0) }
        }
        if let instant = Timestamp(rfc3339: text) {
            guard let year = Int(text.prefix(4)), year >= earliest else {
                throw Malformed(reason: "its year must be \(earliest) or later")
            }
            return instant
        }
        throw Malformed(reason: reason(for: text))
    }

    private static func reason(for text: String) -> String {
        let parts = text.split(separator: " ")
        if let first = parts.first, parts.count == 2, CivilDate(String(first)) != nil {
            return "write a T between date and time, and the offset from UTC: 2026-12-01T08:00:00+01:00"
        }
        if Timestamp(rfc3339: text + "Z") != nil {
            return "it has no offset from UTC; write \(text)Z, or \(text)+01:00 for an hour east of it"
        }
        let shape = text.split(separator: "-").map(\.count)
        if shape == [4, 2, 2] || shape == [4, 1, 1] || shape == [4, 1, 2] || shape == [4, 2, 1],
            text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) })
        {
            return "there is no such day; write year, month and day with 4, 2 and 2 digits"
        }
        return "write a date such as 2026-12-01, or an instant such as 2026-12-01T08:00:00+01:00"
    }
}
