// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import Testing

@Suite("The windows of budgets are what the calendar of the zone says")
struct UsageWindowTests {
    /// An instant, a zone, and the window it is in.
    struct Case: Sendable, CustomTestStringConvertible {
        let within: UsageBudget.Window
        let zone: String
        let now: String
        let start: String
        let end: String
        var testDescription: String { "\(within) in \(zone) at \(now)" }
    }

    static let cases = [
        Case(
            within: .day,
            zone: "Europe/Berlin",
            now: "2026-03-29T10:00:00Z",
            start: "2026-03-28T23:00:00Z",
            end: "2026-03-29T22:00:00Z"
        ),
        Case(
            within: .day,
            zone: "America/New_York",
            now: "2026-11-01T12:00:00Z",
            start: "2026-11-01T04:00:00Z",
            end: "2026-11-02T05:00:00Z"
        ),
        Case(
            within: .day,
            zone: "Australia/Lord_Howe",
            now: "2026-10-03T20:00:00Z",
            start: "2026-10-03T13:30:00Z",
            end: "2026-10-04T13:00:00Z"
        ),
        // A day without a midnight.
        Case(
            within: .day,
            zone: "America/Sao_Paulo",
            now: "2018-11-04T12:00:00Z",
            start: "2018-11-04T03:00:00Z",
            end: "2018-11-05T02:00:00Z"
        ),
        Case(
            within: .week,
            zone: "Europe/Berlin",
            now: "2026-03-29T21:59:59.999Z",
            start: "2026-03-22T23:00:00Z",
            end: "2026-03-29T22:00:00Z"
        ),
        Case(
            within: .week,
            zone: "Europe/Berlin",
            now: "2026-03-29T22:00:00Z",
            start: "2026-03-29T22:00:00Z",
            end: "2026-04-05T22:00:00Z"
        ),
        Case(
            within: .week,
            zone: "Asia/Shanghai",
            now: "2027-01-01T00:00:00Z",
            start: "2026-12-27T16:00:00Z",
            end: "2027-01-03T16:00:00Z"
        ),
        Case(
            within: .month,
            zone: "America/New_York",
            now: "2026-11-30T23:00:00Z",
            start: "2026-11-01T04:00:00Z",
            end: "2026-12-01T05:00:00Z"
        ),
        Case(
            within: .month,
            zone: "GMT",
            now: "2028-02-29T23:59:59.999Z",
            start: "2028-02-01T00:00:00Z",
            end: "2028-03-01T00:00:00Z"
        ),
    ]

    @Test(arguments: cases)
    func `days, weeks from Monday and months, also when the clocks change`(test: Case) throws {
        let zone = try #require(TimeZone(identifier: test.zone))
        let window = UsageWindow(test.within, at: try .at(test.now), zone: zone)
        let (start, end) = (try Timestamp.at(test.start), try Timestamp.at(test.end))
        #expect(window == .period(start: start, end: end))
    }

    @Test func `a span ends now`() {
        let window = UsageWindow(.span(.days(7)), at: noon, zone: .gmt)
        #expect(window.start(at: noon) == noon - .days(7))
        #expect(window.start(at: noon + .seconds(1)) == noon - .days(7) + .seconds(1))
    }
}
