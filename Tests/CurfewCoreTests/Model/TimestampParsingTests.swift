// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct TimestampParsingTests {
    @Test(arguments: [
        ("2026-12-01T08:00:00+01:00", "2026-12-01T07:00:00.000Z"),
        ("2026-12-01T07:00:00Z", "2026-12-01T07:00:00.000Z"),
        ("2026-12-01t07:00:00z", "2026-12-01T07:00:00.000Z"),
        ("2026-12-01T07:00:00.1Z", "2026-12-01T07:00:00.100Z"),
        ("2026-12-01T07:00:00.123456789Z", "2026-12-01T07:00:00.123Z"),
        ("2026-12-01T07:00:00.000999Z", "2026-12-01T07:00:00.000Z"),
        ("2026-01-01T00:30:00+05:30", "2025-12-31T19:00:00.000Z"),
        ("2026-12-31T23:30:00-10:00", "2027-01-01T09:30:00.000Z"),
        ("2026-12-01T07:00:00-00:00", "2026-12-01T07:00:00.000Z"),
        ("2024-02-29T12:00:00+13:45", "2024-02-28T22:15:00.000Z"),
        ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000Z"),
    ])
    func `an instant with an offset is read`(text: String, expected: String) {
        #expect(Timestamp(rfc3339: text)?.description == expected)
    }

    @Test(
        "D6: a text that is no instant with an offset is refused",
        arguments: [
            "", "Z", "2026-12-01", "2026-12-01T08:00:00", "2026-12-01 08:00:00Z", "2026-12-01T08:00Z",
            "2026-12-01T08:00:00+0100", "2026-12-01T08:00:00+01", "2026-12-01T08:00:00+24:00",
            "2026-12-01T08:00:00+01:60", "2026-12-01T08:00:00.Z", "2026-12-01T08:00:00,5Z", "2026-13-01T08:00:00Z",
            "2026-00-01T08:00:00Z", "2026-02-29T08:00:00Z", "2100-02-29T08:00:00Z", "2026-04-31T08:00:00Z",
            "2026-12-00T08:00:00Z", "2026-12-01T24:00:00Z", "2026-12-01T08:60:00Z", "2026-12-01T08:00:61Z",
            "2026-12-01T08:00:00Zx", " 2026-12-01T08:00:00Z", "2026-12-01T08:00:00Z ", "26-12-01T08:00:00Z",
            "-026-12-01T08:00:00Z", "+2026-12-01T08:00:00Z", "２０２６-12-01T08:00:00Z", "2026-12-01T08:00:00±01:00",
            "2026-1-01T08:00:00Z", "1687656452470", "true", "2026-12-01T08:00:00Europe/Berlin",
        ]
    )
    func garbageIsRefused(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func `an offset moves the instant by itself, whatever it is`() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            let instant = Timestamp(milliseconds: .random(in: 0...4_102_444_800, using: &random) * 1_000)
            let minutes = random.integer(-23 * 60...23 * 60)
            let local = (instant + .minutes(minutes)).description.dropLast()
            let (hour, minute) = (abs(minutes) / 60, abs(minutes) % 60)
            let offset = "\(minutes < 0 ? "-" : "+")\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
            #expect(Timestamp(rfc3339: local + offset) == instant, "seed 7, \(local)\(offset)")
        }
    }

    @Test func `random bytes never trap the reader`() {
        var random = SeededGenerator(seed: 8)
        let pieces = ["2026", "-", "12", "01", "T", "08", ":", "00", ".", "Z", "+", "é", "\u{0}", "9", " ", "🕛"]
        for _ in 0..<5_000 {
            let text = (0..<random.integer(0...14)).compactMap { _ in random.pick(pieces) }.joined()
            _ = Timestamp(rfc3339: text)
            _ = CivilDate(text)
        }
    }
}
