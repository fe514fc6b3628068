// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials

/// Instants as people read them: on the wall clock of a zone, the date only where it is another day than now.
struct LocalTime {
    let zone: TimeZone
    let now: Timestamp

    /// `12:40:00`, or `2026-11-22 12:40:00` on another day.
    func text(_ instant: Timestamp) -> String {
        let (date, time) = wallClock(instant)
        return date == wallClock(now).date ? time : dated(instant)
    }

    /// `2026-11-22 12:40:00`, whatever day it is.
    func dated(_ instant: Timestamp) -> String {
        let (date, time) = wallClock(instant)
        return "\(date) \(time)"
    }

    /// The instant with how far it is from now: `12:40:00 (in 40min)`.
    func distance(_ instant: Timestamp) -> String {
        "\(text(instant)) (\(relative(instant)))"
    }

    /// `in 40min`, `3h ago`, `now`.
    func relative(_ instant: Timestamp) -> String {
        if abs((instant - now).wholeMilliseconds) < 1_000 { return "now" }
        return instant > now ? "in \((instant - now).spanText)" : "\((now - instant).spanText) ago"
    }

    /// The text with the instants in it, which programs read as RFC 3339 in UTC, as people read them.
    func localized(_ text: String) -> String {
        text.replacing(#/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/#) { match in
            Timestamp(rfc3339: String(match.output)).map { self.text($0) } ?? String(match.output)
        }
    }

    /// The day with its name: `Sat 2026-11-22`.
    func day(_ instant: Timestamp) -> String {
        let days = Int((Double(shown(instant).milliseconds) / 86_400_000).rounded(.down))
        // 1970-01-01 was a Thursday.
        return "\(Self.weekdays[(days % 7 + 7) % 7]) \(wallClock(instant).date)"
    }

    /// `12:40:00`, whatever day it is.
    func timeOfDay(_ instant: Timestamp) -> String { wallClock(instant).time }

    /// `2026-11-22 12:40`, without seconds.
    func minute(_ instant: Timestamp) -> String { String(dated(instant).dropLast(3)) }

    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    private func wallClock(_ instant: Timestamp) -> (date: String, time: String) {
        let text = shown(instant).description
        return (String(text.prefix(10)), String(text.dropFirst(11).prefix(8)))
    }

    /// What the zone's clock shows is what UTC's clock shows of an instant that is as much later.
    private func shown(_ instant: Timestamp) -> Timestamp {
        instant + .seconds(zone.secondsFromGMT(for: instant.date))
    }
}
