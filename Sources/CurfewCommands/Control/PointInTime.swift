// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CurfewCore
import Foundation

/// An instant as people type it for the daemon: in the zone of their terminal, because they do not see the policy's.
struct PointInTime: Sendable {
    static let help =
        "2026-12-24, \"2026-12-24 20:00\" in the local time zone, 2026-12-24T20:00:00+01:00, or a span such as +3d"

    private let text: String

    /// Refuses what nobody can read.
    init(argument text: String) throws {
        guard CivilDate(text) != nil || InstantArgument(text) != nil else {
            throw ValidationError("'\(text)' is no instant; write \(Self.help).")
        }
        self.text = text
    }

    /// The instant that is meant; a date alone is its end.
    func instant(now: Timestamp, zone: TimeZone = .current) -> Timestamp? {
        if let date = CivilDate(text) { return date.end(in: zone) }
        return InstantArgument(text)?.instant(now: now, zone: zone)
    }
}

extension Duration {
    /// The span to the minute where it is longer than one, because nobody asks for the seconds of a day.
    var roundedText: String {
        let seconds = (wholeMilliseconds + 500) / 1_000
        guard seconds > 60 else { return Duration.seconds(seconds).spanText }
        return Duration.seconds((seconds + 30) / 60 * 60).spanText
    }
}
