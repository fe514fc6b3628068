// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import PolicyFile
import Testing

@Suite("Calendar files beside a policy")
struct CalendarFileTests {
    private let leave = policyText(
        rule: "{name: a, match: {during: leave}, exempt: true}",
        top: "calendars: {leave: {file: leave.ics}}"
    )

    private func event(_ date: String) -> String {
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:\(date)\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    }

    private func withFolder(_ body: (_ policy: String, _ calendar: URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "curfew-calendar-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "policy.yaml")
        try leave.write(to: file, atomically: false, encoding: .utf8)
        try body(file.path, folder.appending(path: "leave.ics"))
    }

    private func load(_ path: String) -> PolicyLoad { PolicyLoader().load(path: path, now: loadingTime) }

    @Test func `a file is found beside the policy, read anew with every load, and part of the digest`() throws {
        try withFolder { path, calendar in
            try event("20261225").write(to: calendar, atomically: false, encoding: .utf8)
            let first = try #require(load(path).policy)
            #expect(load(path).policy == first)
            try event("20261224").write(to: calendar, atomically: false, encoding: .utf8)
            let second = try #require(load(path).policy)
            #expect(second.rules != first.rules)
            #expect(second.digest != first.digest)
        }
    }

    @Test func `I9: a missing or bad file leaves no policy, and says where and what`() throws {
        try withFolder { path, calendar in
            let place = "\(path):5:27: error: `file`: leave.ics: "
            #expect(load(path).policy == nil)
            #expect(load(path).diagnostics.map(\.description).first?.hasPrefix(place + "there is no such file") == true)
            try event("20261325").write(to: calendar, atomically: false, encoding: .utf8)
            #expect(load(path).policy == nil)
            #expect(
                load(path).diagnostics.map(\.description)
                    == ["\(path):5:27: error: `file`: leave.ics:3:20: \"20261325\" is no date such as 20261225"]
            )
            try FileManager.default.removeItem(at: calendar)
            try FileManager.default.createDirectory(at: calendar, withIntermediateDirectories: false)
            #expect(load(path).diagnostics.map(\.message).first?.contains("this is a directory") == true)
        }
    }

    @Test func `an absolute path is taken as it is, and never more than its bound`() throws {
        try withFolder { path, _ in
            let text = leave.replacing("leave.ics", with: "/dev/zero")
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            #expect(
                load(path).diagnostics.map(\.message) == [
                    "`file`: /dev/zero: the file is larger than 4 MB, which no calendar needs"
                ]
            )
        }
    }

    @Test func `a file whose last event is past is a warning`() throws {
        try withFolder { path, calendar in
            try event("20251225").write(to: calendar, atomically: false, encoding: .utf8)
            #expect(load(path).policy != nil)
            #expect(
                load(path).diagnostics.map(\.message).first?.contains("so this calendar never holds; get a newer file")
                    == true
            )
        }
    }

    @Test func `windows, dates and holidays of a policy come together in its zone`() throws {
        let text = policyText(
            rule: "{name: a, match: {during: office}, exempt: true}",
            top: "timeZone: Europe/Berlin\ncalendars: {office: {windows: 'Mon..Fri 08:00..18:00', except: 2026-12-28, "
                + "also: 2026-12-27, file: google-holidays.ics}}"
        )
        let policy = try policy(text)
        guard case .during(let during)? = policy.rules[0].match.conditions.first else {
            Issue.record("no `during`")
            return
        }
        // Thursday 24th; 25th and 26th are holidays, Sunday 27th is worked, Monday 28th is not.
        let days = (24...29).map { "2026-12-\($0)T10:00:00Z" }.compactMap(Timestamp.init(rfc3339:))
        #expect(days.map(during.contains) == [true, false, false, true, false, true])
        #expect(during.nextChange(after: days[0]) == Timestamp(rfc3339: "2026-12-24T17:00:00Z"))
    }
}
