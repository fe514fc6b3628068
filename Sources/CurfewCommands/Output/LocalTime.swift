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

    private func wallClock(_ instant: Timestamp) -> (date: String, time: String) {
        // What the zone's clock shows is what UTC's clock shows of an instant that is as much later.
        let shown = instant + .seconds(zone.secondsFromGMT(for: instant.date))
        let text = shown.description
        return (String(text.prefix(10)), String(text.dropFirst(11).prefix(8)))
    }
}
