// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import Testing

@testable import CurfewCommands

struct PointInTimeTests {
    private static let now = Timestamp(milliseconds: 1_795_176_000_000)

    @Test(
        arguments: [
            ("2026-12-24", "2026-12-24T23:00:00.000Z"), ("2026-12-24 20:00", "2026-12-24T19:00:00.000Z"),
            ("2026-12-24T20:00:00Z", "2026-12-24T20:00:00.000Z"), ("+3d", "2026-11-23T12:00:00.000Z"),
        ]
    )
    func `an instant is read in the zone of the terminal, and a date is its end`(
        _ text: String,
        _ instant: String
    ) throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        #expect(try PointInTime(argument: text).instant(now: Self.now, zone: zone)?.description == instant)
    }

    @Test(arguments: ["tomorrow", "", "2026-13-01", "20:00"])
    func `what could be meant in two ways, or in none, is refused`(_ text: String) {
        #expect(throws: (any Error).self) { try PointInTime(argument: text) }
    }
}
