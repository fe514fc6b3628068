// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@Suite("D6: a window is what the wall clock shows, also when the clocks change")
struct ScheduleClockChangeTests {
    /// A window, a stretch of time around a change, and what comes of it.
    struct Case: CustomTestStringConvertible, Sendable {
        let zone: String
        let times: String
        let from: String
        let to: String
        let stretches: [String]
        var testDescription: String { "\(zone) \(times) \(from)" }

        init(_ zone: String, _ times: String, _ from: String, _ to: String, _ stretches: [String]) {
            self.zone = zone
            self.times = times
            self.from = from + ":00Z"
            self.to = to + ":00Z"
            self.stretches = stretches
        }
    }

    static let cases: [Case] = [
        // 02:00 to 03:00 does not exist: a whole day has 23 hours, a night one less.
        Case(
            "Europe/Berlin",
            "22:00..06:00",
            "2026-03-28T12:00",
            "2026-03-29T12:00",
            ["2026-03-28T21:00Z/2026-03-29T04:00Z"]
        ),
        Case(
            "Europe/Berlin",
            "02:30..05:00",
            "2026-03-28T12:00",
            "2026-03-29T12:00",
            ["2026-03-29T01:00Z/2026-03-29T03:00Z"]
        ),
        Case(
            "Europe/Berlin",
            "00:00..02:30",
            "2026-03-28T12:00",
            "2026-03-29T12:00",
            ["2026-03-28T23:00Z/2026-03-29T01:00Z"]
        ),
        Case("Europe/Berlin", "02:10..02:50", "2026-03-28T12:00", "2026-03-29T12:00", []),
        // 02:00 to 03:00 comes twice: nothing is cut short and nothing is doubled.
        Case(
            "Europe/Berlin",
            "22:00..06:00",
            "2026-10-24T12:00",
            "2026-10-25T12:00",
            ["2026-10-24T20:00Z/2026-10-25T05:00Z"]
        ),
        Case(
            "Europe/Berlin",
            "02:30..05:00",
            "2026-10-24T12:00",
            "2026-10-25T12:00",
            ["2026-10-25T00:30Z/2026-10-25T04:00Z"]
        ),
        Case(
            "Europe/Berlin",
            "00:00..02:30",
            "2026-10-24T12:00",
            "2026-10-25T12:00",
            ["2026-10-24T22:00Z/2026-10-25T01:30Z"]
        ),
        Case(
            "Europe/Berlin",
            "02:10..02:50",
            "2026-10-24T12:00",
            "2026-10-25T12:00",
            ["2026-10-25T00:10Z/2026-10-25T01:50Z"]
        ),
        Case(
            "America/New_York",
            "20:00..07:00",
            "2026-03-07T12:00",
            "2026-03-08T20:00",
            ["2026-03-08T01:00Z/2026-03-08T11:00Z"]
        ),
        Case(
            "America/New_York",
            "01:30..02:30",
            "2026-03-07T12:00",
            "2026-03-08T20:00",
            ["2026-03-08T06:30Z/2026-03-08T07:00Z"]
        ),
        Case(
            "America/New_York",
            "20:00..07:00",
            "2026-10-31T12:00",
            "2026-11-01T20:00",
            ["2026-11-01T00:00Z/2026-11-01T12:00Z"]
        ),
        Case(
            "America/New_York",
            "01:30..02:30",
            "2026-10-31T12:00",
            "2026-11-01T20:00",
            ["2026-11-01T05:30Z/2026-11-01T07:30Z"]
        ),
        // Half an hour: 02:00 becomes 02:30, and back.
        Case(
            "Australia/Lord_Howe",
            "02:15..03:00",
            "2026-10-03T00:00",
            "2026-10-04T00:00",
            ["2026-10-03T15:30Z/2026-10-03T16:00Z"]
        ),
        Case(
            "Australia/Lord_Howe",
            "01:45..03:00",
            "2026-04-04T00:00",
            "2026-04-05T00:00",
            ["2026-04-04T14:45Z/2026-04-04T16:30Z"]
        ),
        Case(
            "Asia/Kolkata",
            "08:00..18:00",
            "2026-03-29T00:00",
            "2026-03-30T00:00",
            ["2026-03-29T02:30Z/2026-03-29T12:30Z"]
        ),
        Case(
            "Asia/Shanghai",
            "20:00..07:00",
            "2026-10-25T00:00",
            "2026-10-26T00:00",
            ["2026-10-25T12:00Z/2026-10-25T23:00Z"]
        ),
        // 30 December 2011 did not exist: its office hours neither, and the night before it ends with the jump.
        Case(
            "Pacific/Apia",
            "08:00..18:00",
            "2011-12-29T12:00",
            "2012-01-01T00:00",
            ["2011-12-29T18:00Z/2011-12-30T04:00Z", "2011-12-30T18:00Z/2011-12-31T04:00Z", "2011-12-31T18:00Z/"]
        ),
        Case(
            "Pacific/Apia",
            "20:00..24:00",
            "2011-12-29T12:00",
            "2011-12-31T00:00",
            ["2011-12-30T06:00Z/2011-12-30T10:00Z"]
        ),
        // Midnight is missing: the day begins at 01:00.
        Case(
            "Africa/Cairo",
            "20:00..24:00",
            "2024-04-25T12:00",
            "2024-04-26T12:00",
            ["2024-04-25T18:00Z/2024-04-25T22:00Z"]
        ),
        Case(
            "Africa/Cairo",
            "00:00..08:00",
            "2024-04-25T12:00",
            "2024-04-26T12:00",
            ["2024-04-25T22:00Z/2024-04-26T05:00Z"]
        ),
        Case(
            "America/Asuncion",
            "00:30..02:00",
            "2023-09-30T12:00",
            "2023-10-01T12:00",
            ["2023-10-01T04:00Z/2023-10-01T05:00Z"]
        ),
        // The hour before midnight comes twice, and the day ends with the second.
        Case(
            "Africa/Cairo",
            "23:30..24:00",
            "2024-10-31T12:00",
            "2024-11-01T12:00",
            ["2024-10-31T20:30Z/2024-10-31T22:00Z"]
        ),
        // Midnight itself comes twice: the day ends with the first.
        Case(
            "America/Havana",
            "20:00..24:00",
            "2025-11-01T12:00",
            "2025-11-02T12:00",
            ["2025-11-02T00:00Z/2025-11-02T04:00Z"]
        ),
    ]

    @Test(arguments: cases)
    func `a window is where its times are shown`(example: Case) throws {
        let schedule = Schedule(windows: [try Window(.all, example.times)], clock: try WallClock(example.zone))
        #expect(try schedule.stretches(example.from, example.to) == example.stretches)
    }

    @Test(arguments: [
        ("Europe/Berlin", "2026-03-29", "2026-03-28T23:00Z/2026-03-29T22:00Z"),
        ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00Z/2026-10-25T23:00Z"),
        ("Africa/Cairo", "2024-04-26", "2024-04-25T22:00Z/2024-04-26T21:00Z"),
        ("America/Havana", "2025-11-02", "2025-11-02T04:00Z/2025-11-03T05:00Z"),
    ])
    func `a whole day has the hours that it has`(zone: String, date: String, expected: String) throws {
        let clock = try WallClock(zone)
        let day = try #require(CivilDate(date))
        let schedule = Schedule(windows: [try Window([Weekday(daysSince1970: day.daysSince1970)])], clock: clock)
        let from = (clock.start(of: day) - .days(2)).description
        #expect(try schedule.stretches(from, (clock.start(of: day) + .days(3)).description) == [expected])
        #expect(clock.start(of: CivilDate(daysSince1970: day.daysSince1970 + 1)) == day.end(in: clock.zone))
    }

    @Test func `a night that begins before a change of clocks and ends behind it loses or gains the hour`() throws {
        let clock = try WallClock("Europe/Berlin")
        let nights = Schedule(windows: [try Window([.saturday], "23:30..02:30")], clock: clock)
        #expect(
            try nights.stretches("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")
                == ["2026-03-28T22:30Z/2026-03-29T01:00Z"]
        )
        #expect(
            try nights.stretches("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z")
                == ["2026-10-24T21:30Z/2026-10-25T01:30Z"]
        )
    }

    @Test(arguments: [
        ("2026-03-29T02:30:00", "2026-03-29T01:30:00Z"), ("2026-10-25T02:30:00", "2026-10-25T00:30:00Z"),
        ("2026-07-01T12:00:00", "2026-07-01T10:00:00Z"), ("2026-01-01T00:00:00", "2025-12-31T23:00:00Z"),
    ])
    func `a local time of an event is the first that is shown, or what would have been shown`(
        local: String,
        instant: String
    ) throws {
        let seconds = try Timestamp.at(local + "Z").wholeSeconds
        #expect(try WallClock("Europe/Berlin").instant(ofLocalTime: seconds) == Timestamp.at(instant))
    }
}
