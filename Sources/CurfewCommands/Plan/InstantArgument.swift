// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import PolicyFile

/// An instant as people type it: RFC 3339 with an offset, a date and time in the policy's zone, or a span from now.
struct InstantArgument {
    /// What the option's help says.
    static let help = "2026-12-24T20:00:00+01:00, \"2026-12-24 20:00\" in the policy's time zone, or a span such as +3h"

    private enum Form {
        case instant(Timestamp)
        case span(Duration)
        case wallClock(DateComponents)
    }

    private let form: Form

    /// Nil for anything else.
    init?(_ text: String) {
        if let instant = Timestamp(rfc3339: text) {
            form = .instant(instant)
        } else if text.hasPrefix("+") || text.hasPrefix("-"),
            let span = try? DurationText.parse(String(text.dropFirst()))
        {
            form = .span(text.hasPrefix("-") ? .zero - span : span)
        } else if let components = Self.wallClock(text) {
            form = .wallClock(components)
        } else {
            return nil
        }
    }

    /// The instant that is meant; the earlier one, where the wall clock shows it twice.
    func instant(now: Timestamp, zone: TimeZone) -> Timestamp? {
        switch form {
        case .instant(let instant): return instant
        case .span(let span): return now + span
        case .wallClock(let components):
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = zone
            return calendar.date(from: components).map { Timestamp(date: $0) }
        }
    }

    private static func wallClock(_ text: String) -> DateComponents? {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" })
        guard parts.count == 2, let date = CivilDate(String(parts[0])) else { return nil }
        let time = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard
            time.count == 2, time.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(time[0]),
            let minute = Int(time[1]),
            (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return DateComponents(year: date.year, month: date.month, day: date.day, hour: hour, minute: minute)
    }
}
