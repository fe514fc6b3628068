// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CurfewCore
import Foundation
import PolicyFile

/// An instant of the past as people type it: a span before now, a date, or an instant.
struct PastInstantArgument: Sendable {
    /// What the option's help says.
    static let help = "a span such as 7d, a date, \"2026-11-20 08:00\", or an instant with an offset"

    private let text: String

    static let aWeekAgo = PastInstantArgument(known: "7d")
    static let aMonthAgo = PastInstantArgument(known: "30d")

    private init(known text: String) { self.text = text }

    /// Nil for anything else.
    init?(_ text: String) {
        self.text = text
        guard instant(now: Timestamp(milliseconds: 0), zone: .gmt, end: false) != nil else { return nil }
    }

    /// Reads an option's value; throws what the user did wrong.
    static func parse(_ text: String) throws -> PastInstantArgument {
        guard let past = PastInstantArgument(text) else {
            throw ValidationError("'\(text)' is no time of the past; write \(help).")
        }
        return past
    }

    /// The instant that is meant in the terminal's time zone; throws where its clock never showed that time.
    func instant(now: Timestamp, end: Bool = false) throws -> Timestamp {
        guard let instant = instant(now: now, zone: .current, end: end) else {
            throw ValidationError("'\(text)' is no time that the calendar knows.")
        }
        return instant
    }

    /// The instant that is meant; a date means the beginning of that day in the zone, or its end.
    func instant(now: Timestamp, zone: TimeZone, end: Bool) -> Timestamp? {
        if let span = try? DurationText.parse(text) { return span >= .zero ? now - span : nil }
        if let date = CivilDate(text) {
            return end ? date.end(in: zone) : CivilDate(daysSince1970: date.daysSince1970 - 1).end(in: zone)
        }
        return InstantArgument(text)?.instant(now: now, zone: zone)
    }
}
