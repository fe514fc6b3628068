// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import Testing

@Suite("D6: the end of a day is what the wall clock of its zone says")
struct CivilDateZoneTests {
    @Test(arguments: [
        ("UTC", "2026-12-01", "2026-12-02T00:00:00Z"),
        ("Europe/Berlin", "2026-12-01", "2026-12-01T23:00:00Z"),
        ("Europe/Berlin", "2026-07-01", "2026-07-01T22:00:00Z"),
        ("Europe/Berlin", "2026-03-28", "2026-03-28T23:00:00Z"),
        ("Europe/Berlin", "2026-03-29", "2026-03-29T22:00:00Z"),
        ("Europe/Berlin", "2026-10-24", "2026-10-24T22:00:00Z"),
        ("Europe/Berlin", "2026-10-25", "2026-10-25T23:00:00Z"),
        ("America/New_York", "2026-03-08", "2026-03-09T04:00:00Z"),
        ("America/New_York", "2026-11-01", "2026-11-02T05:00:00Z"),
        ("Asia/Kolkata", "2026-12-01", "2026-12-01T18:30:00Z"),
        ("Asia/Kathmandu", "2026-12-01", "2026-12-01T18:15:00Z"),
        ("Australia/Lord_Howe", "2026-04-05", "2026-04-05T13:30:00Z"),
        ("Pacific/Kiritimati", "2026-12-01", "2026-12-01T10:00:00Z"),
        ("Etc/GMT+12", "2026-12-01", "2026-12-02T12:00:00Z"),
        ("Pacific/Apia", "2026-12-01", "2026-12-01T11:00:00Z"),
        ("Pacific/Apia", "2011-12-29", "2011-12-30T10:00:00Z"),
    ])
    func `a day ends at the next midnight`(zone: String, day: String, end: String) throws {
        try expectEnd(of: day, in: zone, end)
    }

    @Test(arguments: [
        // The first instant of the next day is 01:00 there.
        ("America/Sao_Paulo", "2018-11-03", "2018-11-04T03:00:00Z"),
        ("Asia/Beirut", "2022-03-26", "2022-03-26T22:00:00Z"),
        ("Africa/Cairo", "2023-04-27", "2023-04-27T22:00:00Z"),
        // Midnight came twice: the day has 25 hours.
        ("America/Sao_Paulo", "2018-02-17", "2018-02-18T03:00:00Z"),
        // This day did not exist: it ends with the one before.
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"),
    ])
    func `a day ends right where its midnight is missing, doubled or the day itself is`(
        zone: String,
        day: String,
        end: String
    ) throws {
        try expectEnd(of: day, in: zone, end)
    }

    @Test(arguments: ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Pacific/Chatham", "GMT"])
    func `the ends of a year's days follow each other 23 to 25 hours apart`(name: String) throws {
        let zone = try #require(TimeZone(identifier: name))
        var last: Timestamp?
        for month in 1...12 {
            for day in 1...28 {
                let text = "2026-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
                let end = try #require(CivilDate(text)).end(in: zone)
                let local = end + .seconds(zone.secondsFromGMT(for: end.date))
                #expect(local.civil.time == (0, 0, 0, 0), "\(text) in \(name)")
                if day > 1, let last { #expect((.hours(23)...(.hours(25))).contains(end - last), "\(text) in \(name)") }
                last = end
            }
        }
    }

    @Test func `dates of Foundation and instants are the same`() {
        #expect(Timestamp(date: noon.date) == noon)
        #expect(Timestamp(date: Timestamp(milliseconds: -1).date).milliseconds == -1)
    }

    private func expectEnd(of day: String, in zone: String, _ end: String) throws {
        let zone = try #require(TimeZone(identifier: zone))
        let date = try #require(CivilDate(day))
        #expect(try date.end(in: zone) == Timestamp.at(end))
    }
}
