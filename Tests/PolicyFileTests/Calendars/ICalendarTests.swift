// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import Testing

@testable import PolicyFile

struct ICalendarTests {
    private let clock: WallClock

    init() throws {
        clock = WallClock(try #require(TimeZone(identifier: "Europe/Berlin")))
    }

    private func read(_ lines: String...) -> ICalendar {
        let text = (["BEGIN:VCALENDAR", "VERSION:2.0"] + lines + ["END:VCALENDAR", ""]).joined(separator: "\r\n")
        return ICalendar(Array(text.utf8), clock: clock)
    }

    /// The events of one VEVENT, as `BEGIN/END` without what is zero.
    private func events(_ lines: String...) throws -> [String] {
        let calendar = read((["BEGIN:VEVENT", "UID:1"] + lines + ["END:VEVENT"]).joined(separator: "\r\n"))
        try #require(calendar.problems.isEmpty, "\(calendar.problems)")
        return calendar.events.map { "\(brief($0.lowerBound))/\(brief($0.upperBound))" }
    }

    private func brief(_ instant: Timestamp) -> String { instant.description.replacing(":00.000Z", with: "Z") }

    private func problem(_ lines: String...) -> String? {
        let calendar = read((["BEGIN:VEVENT", "UID:1"] + lines + ["END:VEVENT"]).joined(separator: "\r\n"))
        return calendar.problems.first.map { "\($0.place.line):\($0.place.column): \($0.message)" }
    }

    @Test func `days and times are meant in their zone`() throws {
        #expect(try events("DTSTART;VALUE=DATE:20261225") == ["2026-12-24T23:00Z/2026-12-25T23:00Z"])
        #expect(
            try events("DTSTART;VALUE=DATE:20260328", "DTEND;VALUE=DATE:20260330")
                == ["2026-03-27T23:00Z/2026-03-29T22:00Z"]
        )
        #expect(
            try events("DTSTART:20260701T090000", "DTEND:20260701T100000Z") == ["2026-07-01T07:00Z/2026-07-01T10:00Z"]
        )
        #expect(
            try events("DTSTART;TZID=America/New_York:20260701T090000", "DURATION:PT1H30M")
                == ["2026-07-01T13:00Z/2026-07-01T14:30Z"]
        )
        #expect(try events("DTSTART:20260701T090000Z") == ["2026-07-01T09:00Z/2026-07-01T09:00Z"])
    }

    @Test func `a duration is days on the calendar and then exact time`() throws {
        #expect(
            try events("DTSTART;TZID=Europe/Berlin:20260328T230000", "DURATION:PT4H")
                == ["2026-03-28T22:00Z/2026-03-29T02:00Z"]
        )
        #expect(
            try events("DTSTART;TZID=Europe/Berlin:20260328T230000", "DURATION:P1DT1H")
                == ["2026-03-28T22:00Z/2026-03-29T22:00Z"]
        )
        #expect(
            try events("DTSTART;VALUE=DATE:20260328", "DURATION:P1W").first?.hasSuffix("/2026-04-03T22:00Z") == true
        )
    }

    @Test(arguments: [
        ("Europe/Berlin", "2026-07-01T07:00Z"), ("\"W. Europe Standard Time\"", "2026-07-01T07:00Z"),
        ("China Standard Time", "2026-07-01T01:00Z"), ("Eastern Standard Time", "2026-07-01T13:00Z"),
        ("/freeassociation.sourceforge.net/Europe/London", "2026-07-01T08:00Z"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "2026-07-01T12:00Z"),
        ("Office", "2026-07-01T03:30Z"), ("UTC", "2026-07-01T09:00Z"), ("GMT", "2026-07-01T09:00Z"),
    ])
    func `a zone is found by its name`(name: String, begin: String) throws {
        let zone = ["BEGIN:VTIMEZONE", "TZID:Office", "X-LIC-LOCATION:Asia/Kolkata", "END:VTIMEZONE"]
        let event = ["BEGIN:VEVENT", "DTSTART;TZID=\(name):20260701T090000", "END:VEVENT"]
        let calendar = read((zone + event).joined(separator: "\r\n"))
        #expect(calendar.problems.isEmpty)
        #expect(calendar.events.map { brief($0.lowerBound) } == [begin])
    }

    @Test func `lines may be folded anywhere, also inside a character, and end in either way`() throws {
        let text =
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Weihnachtsgrüße\nDTSTART;VALUE=\n DATE:2026\n\t1225\nEND:VEVENT\n"
            + "END:VCALENDAR"
        var bytes = Array(text.utf8)
        let umlaut = try #require(bytes.firstIndex { $0 >= 0x80 })
        bytes.insert(contentsOf: [0x0D, 0x0A, 0x20], at: umlaut + 1)
        let calendar = ICalendar([0xEF, 0xBB, 0xBF] + bytes, clock: clock)
        #expect(calendar.problems.isEmpty)
        #expect(calendar.events.count == 1)
    }

    @Test func `a yearly event comes every year until 2099`() throws {
        let all = try events("DTSTART;VALUE=DATE:20201225", "RRULE:FREQ=YEARLY")
        #expect(all.count == 80)
        #expect(all.last == "2099-12-24T23:00Z/2099-12-25T23:00Z")
        let leap = try events("DTSTART;VALUE=DATE:20200229", "RRULE:FREQ=YEARLY;COUNT=3")
        #expect(leap.map { $0.prefix(10) } == ["2020-02-28", "2024-02-28", "2028-02-28"])
        let last = try events("DTSTART;VALUE=DATE:20260525", "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;UNTIL=20270531")
        #expect(last.map { $0.prefix(10) } == ["2026-05-24", "2027-05-30"])
        let excepted = try events(
            "DTSTART;VALUE=DATE:20260101",
            "RRULE:FREQ=YEARLY;BYMONTH=1,7;COUNT=4",
            "EXDATE;VALUE=DATE:20260701,20270101",
            "RDATE;VALUE=DATE:20260302"
        )
        #expect(excepted.map { $0.prefix(10) } == ["2025-12-31", "2027-06-30", "2026-03-01"])
    }

    @Test(
        arguments: [
            ("RRULE:FREQ=WEEKLY", "4:7: a recurrence with FREQ=WEEKLY is not supported, only FREQ=YEARLY"),
            ("RRULE:FREQ=YEARLY;BYSETPOS=1;BYDAY=MO", "4:7: BYSETPOS in a recurrence is not supported"),
            ("RRULE:FREQ=YEARLY;BYMONTH=13", "4:7: BYMONTH=13 of the recurrence cannot be read"),
            ("RRULE:FREQ=YEARLY;COUNT=2;UNTIL=20300101", "4:7: the recurrence has both COUNT and UNTIL"),
            ("RRULE:FREQ=YEARLY;BYMONTH=1", nil),
            ("RRULE:FREQ=YEARLY;BYMONTH=2", "the event begins on a day that its own recurrence leaves out"),
            ("DTEND;VALUE=DATE:20260101", "4:1: the event ends before it begins"),
            ("DTEND:20260102T000000Z", "4:1: DTEND and DTSTART must both be dates, or both be times"),
            ("DURATION:PT1H", "the DURATION \"PT1H\" does not fit this event"),
            ("DTSTART;VALUE=DATE:20260102", "4:1: DTSTART is there more than once"),
            ("EXRULE:FREQ=YEARLY", "EXRULE is not supported"),
            ("RDATE;VALUE=PERIOD:20260101T000000Z/PT1H", "a RDATE of type PERIOD is not supported"),
            ("EXDATE;VALUE=DATE:20260231", "4:19: \"20260231\" is no date such as 20261225"),
            ("RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20260101", "with RANGE is not supported"),
            ("no property", "6:1: this line is no property"),
            ("END:VALARM", "this END has no BEGIN of the same name before it"),
        ] as [(String, String?)]
    )
    func `what could be misread is a problem with its place`(line: String, message: String?) {
        let problem = problem("DTSTART;VALUE=DATE:20260101", line)
        guard let message else { return #expect(problem == nil) }
        #expect(problem?.contains(message.drop { $0.isNumber || $0 == ":" }) == true, "\(problem ?? "nothing")")
    }

    @Test func `places are those of the file, also behind folds`() {
        #expect(problem("SUMMARY:x", "DTSTART;VALUE=DATE\r\n :2026\r\n 1399")?.hasPrefix("6:3: ") == false)
        #expect(problem("DTSTART;VALUE=DATE\r\n :20261399")?.hasPrefix("6:3: \"20261399\"") == true)
        #expect(problem("DTSTART;TZID=Nowhere:20260101T000000")?.hasPrefix("5:1: the time zone \"Nowhere\"") == true)
    }

    @Test(arguments: [
        "", "hello", "BEGIN:VCARD\r\nEND:VCARD", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "<html>", "\u{0}",
    ])
    func `what is no calendar is a problem`(text: String) {
        #expect(ICalendar(Array(text.utf8), clock: clock).problems.count == 1)
    }

    @Test func `a recurrence that comes all the time is no holiday`() {
        let event =
            "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:19700101\r\nRRULE:FREQ=YEARLY;BYMONTHDAY=\((1...31).map(String.init).joined(separator: ","))\r\nEND:VEVENT"
        #expect(read(event).problems.isEmpty)
        #expect(read(event, event, event, event, event).problems.first?.message.contains("too often") == true)
    }
}
