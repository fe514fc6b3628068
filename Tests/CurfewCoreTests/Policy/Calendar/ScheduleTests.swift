// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import Testing

struct ScheduleTests {
    private let utc = WallClock(.gmt)

    private func dates(_ texts: String...) throws -> [CivilDate] {
        try texts.map { try #require(CivilDate($0)) }
    }

    @Test func `a window opens and closes at its minutes, on its days`() throws {
        let office = Schedule(windows: [try Window(.workdays, "08:00..18:00")], clock: utc)
        #expect(
            try office.stretches("2026-11-19T12:00:00Z", "2026-11-24T00:00:00Z") == [
                "2026-11-19T12:00Z/2026-11-19T18:00Z", "2026-11-20T08:00Z/2026-11-20T18:00Z",
                "2026-11-23T08:00Z/2026-11-23T18:00Z",
            ]
        )
        let opening = try Timestamp.at("2026-11-20T08:00:00Z")
        #expect(!office.contains(opening - .milliseconds(1)))
        #expect(office.contains(opening))
        #expect(office.nextChange(after: opening - .milliseconds(1)) == opening)
        #expect(office.nextChange(after: opening) == opening + .hours(10))
        #expect(!office.contains(opening + .hours(10)))
    }

    @Test func `a window over midnight belongs to the day on which it begins`() throws {
        let nights = Schedule(windows: [try Window(.workdays, "20:00..07:00"), try Window(.weekend)], clock: utc)
        #expect(
            try nights.stretches("2026-11-19T12:00:00Z", "2026-11-25T00:00:00Z") == [
                "2026-11-19T20:00Z/2026-11-20T07:00Z", "2026-11-20T20:00Z/2026-11-23T00:00Z",
                "2026-11-23T20:00Z/2026-11-24T07:00Z", "2026-11-24T20:00Z/",
            ]
        )
        let fridays = Schedule(windows: [try Window([.friday], "22:00..06:00")], clock: utc)
        #expect(fridays.contains(try Timestamp.at("2026-11-21T05:59:59Z")))
        #expect(!fridays.contains(try Timestamp.at("2026-11-20T05:00:00Z")))
    }

    @Test func `windows without a gap between them never change`() throws {
        for windows in [
            [try Window(.all)],
            [try Window(.workdays), try Window(.weekend)],
            [try Window(.all, "20:00..08:00"), try Window(.all, "08:00..20:00")],
        ] {
            let always = Schedule(windows: windows, clock: try WallClock("Europe/Berlin"))
            for instant in [noon, try .at("2026-03-29T01:00:00Z"), try .at("2026-10-25T00:30:00Z")] {
                #expect(always.contains(instant))
                #expect(always.nextChange(after: instant) == nil)
            }
        }
        #expect(Schedule(windows: [], clock: utc).nextChange(after: noon) == nil)
        #expect(!Schedule(windows: [], clock: utc).contains(noon))
    }

    @Test func `on a date of except no window begins, but the one from the day before ends on it`() throws {
        let nights = Schedule(
            windows: [try Window(.all, "20:00..07:00")],
            except: try dates("2026-12-24"),
            clock: utc
        )
        #expect(
            try nights.stretches("2026-12-23T12:00:00Z", "2026-12-26T00:00:00Z") == [
                "2026-12-23T20:00Z/2026-12-24T07:00Z", "2026-12-25T20:00Z/",
            ]
        )
    }

    @Test func `a far except ends what else would never end`() throws {
        let always = Schedule(windows: [try Window(.all)], except: try dates("2031-05-01", "2031-05-02"), clock: utc)
        #expect(
            try always.stretches("2026-11-20T12:00:00Z", "2040-01-01T00:00:00Z")
                == ["2026-11-20T12:00Z/2031-05-01T00:00Z", "2031-05-03T00:00Z/"]
        )
    }

    @Test func `on a date of also every window begins, whatever the weekday`() throws {
        let office = Schedule(
            windows: [try Window(.workdays, "08:00..12:00"), try Window([.monday], "22:00..02:00")],
            also: try dates("2026-11-21"),
            clock: utc
        )
        #expect(
            try office.stretches("2026-11-20T12:00:00Z", "2026-11-23T00:00:00Z")
                == ["2026-11-21T08:00Z/2026-11-21T12:00Z", "2026-11-21T22:00Z/2026-11-22T02:00Z"]
        )
    }

    @Test func `events take their time from the windows, but not on a date of also`() throws {
        let office = Schedule(
            windows: [try Window(.workdays, "08:00..18:00")],
            also: try dates("2026-11-20"),
            events: [
                try .at("2026-11-18T09:00:00Z")..<(.at("2026-11-18T10:00:00Z")),
                try .at("2026-11-19T00:00:00Z")..<(.at("2026-11-21T00:00:00Z")),
            ],
            clock: utc
        )
        #expect(
            try office.stretches("2026-11-18T00:00:00Z", "2026-11-21T00:00:00Z") == [
                "2026-11-18T08:00Z/2026-11-18T09:00Z", "2026-11-18T10:00Z/2026-11-18T18:00Z",
                "2026-11-20T08:00Z/2026-11-20T18:00Z",
            ]
        )
    }

    @Test func `without windows the events are the times, but on dates of except`() throws {
        let shutdown = Schedule(
            windows: [],
            except: try dates("2026-12-26"),
            events: [
                try .at("2026-12-24T12:00:00Z")..<(.at("2026-12-27T00:00:00Z")),
                try .at("2026-12-24T00:00:00Z")..<(.at("2026-12-24T13:00:00Z")),
                try .at("2026-12-30T00:00:00Z")..<(.at("2026-12-31T00:00:00Z")),
            ],
            clock: utc
        )
        #expect(
            try shutdown.stretches("2026-12-01T00:00:00Z", "2027-12-01T00:00:00Z")
                == ["2026-12-24T00:00Z/2026-12-26T00:00Z", "2026-12-30T00:00Z/2026-12-31T00:00Z"]
        )
        #expect(shutdown.nextChange(after: try .at("2026-12-31T00:00:00Z")) == nil)
    }

    @Test func `during holds while one of its schedules does, and changes when that ends`() throws {
        let first = Schedule(windows: [try Window(.all, "08:00..12:00")], clock: utc)
        let second = Schedule(windows: [try Window(.all, "11:00..14:00")], clock: utc)
        let during = During([first, second])
        #expect(!during.contains(try .at("2026-11-20T07:59:00Z")))
        #expect(during.nextChange(after: try .at("2026-11-20T07:59:00Z")) == (try .at("2026-11-20T08:00:00Z")))
        #expect(during.nextChange(after: try .at("2026-11-20T08:00:00Z")) == (try .at("2026-11-20T14:00:00Z")))
        #expect(during.nextChange(after: try .at("2026-11-20T13:00:00Z")) == (try .at("2026-11-20T14:00:00Z")))
    }

    @Test func `times that no day has make no window`() {
        #expect(Window(from: 60, to: 60) == nil)
        #expect(Window(from: 1_440, to: 60) == nil)
        #expect(Window(from: 0, to: 1_441) == nil)
        #expect(Window(days: []) == nil)
        #expect(Window(from: -1, to: 5) == nil)
        #expect(Window(from: 1_200, to: 0)?.to == 1_440)
    }
}
