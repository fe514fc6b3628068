// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import PolicyFile
import Testing

@Suite("Zones, dates and instants")
struct TimeTests {
    private func until(_ text: String, zone: String) throws -> String? {
        let rule = "{name: a, match: {name: a}, keepAlive: {until: \(text)}}"
        let policy = try policy(policyText(rule: rule, top: "timeZone: \(zone)"))
        guard case .keepAlive(let terms) = policy.rules[0].outcome else { return nil }
        return terms.until?.description
    }

    @Test(arguments: [
        // 25 and 23 hours long.
        ("2026-10-25", "Europe/Berlin", "2026-10-25T23:00:00.000Z"),
        ("2027-03-28", "Europe/Berlin", "2027-03-28T22:00:00.000Z"),
        ("2026-12-01", "Europe/Berlin", "2026-12-01T23:00:00.000Z"),
        ("2027-03-14", "America/New_York", "2027-03-15T04:00:00.000Z"),
        ("2026-12-01", "America/New_York", "2026-12-02T05:00:00.000Z"),
        ("2026-12-01", "Asia/Kolkata", "2026-12-01T18:30:00.000Z"),
        ("2026-12-01", "Pacific/Kiritimati", "2026-12-01T10:00:00.000Z"),
        ("2026-12-01", "Etc/GMT+12", "2026-12-02T12:00:00.000Z"),
        // The clocks change by half an hour.
        ("2027-04-04", "Australia/Lord_Howe", "2027-04-04T13:30:00.000Z"),
        // Midnight itself is skipped, so the next day begins at one o'clock.
        ("2027-03-13", "America/Havana", "2027-03-14T05:00:00.000Z"),
        ("2026-12-01", "UTC", "2026-12-02T00:00:00.000Z"),
        ("2028-02-29", "UTC", "2028-03-01T00:00:00.000Z"),
    ])
    func `D6: a date is the end of that day in the policy's zone`(date: String, zone: String, end: String) throws {
        #expect(try until(date, zone: zone) == end)
    }

    @Test(arguments: ["Europe/Berlin", "America/New_York", "UTC"])
    func `D6: an instant with an offset is the same in every zone`(zone: String) throws {
        #expect(try until("2026-12-01T08:00:00+01:00", zone: zone) == "2026-12-01T07:00:00.000Z")
        #expect(try until("2026-12-01T08:00:00.5-05:30", zone: zone) == "2026-12-01T13:30:00.500Z")
    }

    @Test func `the zone may stand below the rules that need it`() throws {
        #expect(try until("2026-12-01", zone: "Asia/Kolkata") == "2026-12-01T18:30:00.000Z")
    }

    @Test(arguments: [
        "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Calcutta", "Europe/Kyiv", "US/Eastern", "Etc/GMT+5",
        "UTC",
    ])
    func `D7: a zone of the IANA database is itself`(name: String) throws {
        let zone = try policy(policyText(top: "timeZone: \(name)")).timeZone
        #expect(name == "UTC" ? zone == .gmt : zone.identifier == name)
    }

    @Test(arguments: [
        "CET", "CEST", "EST", "PST", "GMT+5", "GMT+0530", "UTC+1", "utc", "Z", "Local", "localtime", "Mars/Base",
        "Europe/",
        "/Berlin", "europe/berlin", "../etc/passwd", "SystemV/EST5", "right/UTC", "posix/Europe/Berlin", "Factory",
        "Zulu",
        "Europe/Berlin\u{A0}", "+01:00",
    ])
    func `D7: anything else is an error and never the host's zone`(name: String) {
        let load = load(policyText(top: "timeZone: \"\(name)\""))
        #expect(load.policy == nil)
        #expect(load.lines.count == 1)
        #expect(load.lines.first?.hasPrefix("5:11: error: `timeZone` must be UTC or an IANA name") == true)
    }

    @Test func `D7: a near miss is suggested`() {
        #expect(load(policyText(top: "timeZone: europe/berlin")).lines[0].hasSuffix("; did you mean Europe/Berlin?"))
        #expect(load(policyText(top: "timeZone: America/NewYork")).lines[0].hasSuffix("did you mean America/New_York?"))
    }

    @Test func `an end in the past is a warning, one in the future is none`() {
        func lines(_ until: String) -> [String] {
            load(policyText(rule: "{name: a, match: {name: a}, keepAlive: {until: \(until)}}")).lines
        }
        #expect(lines("2026-11-20").count == 1)
        #expect(lines("2026-11-20").first?.contains("warning: `until` (2026-11-20) is in the past") == true)
        #expect(lines("2026-11-21T08:00:00Z").count == 1)
        #expect(lines("2026-11-21T08:00:00.001Z") == [])
        #expect(lines("2026-11-21") == [])
    }
}
