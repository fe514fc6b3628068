// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import Testing

@testable import PolicyFile

/// The reader against the Python packages `icalendar` and `recurring-ical-events`, on files as calendar programs write them.
@Suite("Calendar files against an independent reader", .timeLimit(.minutes(20)))
struct CalendarReferenceTests {
    @Test(arguments: ["Europe/Berlin", "America/New_York", "Asia/Shanghai"])
    func `both find the same events`(zone: String) throws {
        let clock = WallClock(try #require(TimeZone(identifier: zone)))
        let years = 2020...2040
        let reference = try Self.reference(zone, years, Fixture.calendars.keys.filter { $0 != "meetings.ics" }.sorted())
        #expect(reference.count >= 5)
        let first = clock.start(of: try #require(CivilDate(year: years.lowerBound, month: 1, day: 1)))
        let last = clock.start(of: try #require(CivilDate(year: years.upperBound + 1, month: 1, day: 1)))
        for (name, expected) in reference {
            let calendar = ICalendar(try #require(Fixture.calendars[name]), clock: clock)
            #expect(calendar.problems == [])
            let events = calendar.events.filter { first <= $0.lowerBound && $0.lowerBound < last }
            let found = events.map { [$0.lowerBound.wholeSeconds, $0.upperBound.wholeSeconds] }
            #expect(Set(found) == Set(expected), "\(name)")
            #expect(found.count == expected.count, "\(name)")
        }
    }

    @Test func `the zones of Windows are those of the reference, and real`() throws {
        let output = try Self.python([
            "-c",
            "import json; from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON as z; print(json.dumps(z))",
        ])
        for (name, location) in try JSONDecoder().decode([String: String].self, from: output) {
            #expect(WindowsZones.location(of: name) == location)
            #expect(ZoneName.zone(location) != nil, "\(location)")
        }
    }

    private static func reference(
        _ zone: String,
        _ years: ClosedRange<Int>,
        _ names: [String]
    ) throws -> [String: [[Int]]] {
        let folder = Repository.fixtures.appending(path: "calendars")
        let script = Repository.root.appending(path: "Tests/Integration/expand_calendar.py").path
        let arguments = [script, zone, "\(years.lowerBound)", "\(years.upperBound)"]
        let output = try python(["-W", "ignore"] + arguments + names.map { folder.appending(path: $0).path })
        let events = try JSONDecoder().decode([String: [[Int]]].self, from: output)
        return Dictionary(uniqueKeysWithValues: events.map { (URL(fileURLWithPath: $0).lastPathComponent, $1) })
    }

    private static func python(_ arguments: [String]) throws -> Data {
        let python = Repository.root.appending(path: ".venv/bin/python")
        try #require(FileManager.default.isExecutableFile(atPath: python.path), "run `make deps`")
        let process = Process()
        process.executableURL = python
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "python failed; are its packages installed? run `make deps`")
        return data
    }
}
