// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CurfewCore

struct CivilDateTests {
    @Test(arguments: ["2026-12-01", "2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31"])
    func `a day of the calendar is read`(text: String) throws {
        let date = try #require(CivilDate(text))
        let days = CivilDate.daysSince1970(year: date.year, month: date.month, day: date.day)
        #expect(Timestamp(milliseconds: Int64(days) * 86_400_000).description.hasPrefix(text))
    }

    @Test(arguments: [
        "", "2026-12-1", "2026-1-01", "26-12-01", "2026-13-01", "2026-00-10", "2026-02-29", "1900-02-29", "2100-02-29",
        "2026-04-31", "2026-12-32", "2026-12-00", "2026/12/01", "2026-12-01T00:00:00Z", "2026-12-01 ", "+026-12-01",
        "2026--1-01", "-2026-12-01", "２０２６-12-01", "tomorrow",
    ])
    func `what is no day is refused`(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func `days follow each other without a gap for 800 years`() throws {
        var expected = CivilDate.daysSince1970(year: 1_600, month: 1, day: 1)
        for year in 1_600..<2_400 {
            for month in 1...12 {
                for day in 1...31 where CivilDate.isValid(year: year, month: month, day: day) {
                    let days = CivilDate.daysSince1970(year: year, month: month, day: day)
                    guard days == expected else {
                        Issue.record("\(year)-\(month)-\(day) is day \(days), not \(expected)")
                        return
                    }
                    expected += 1
                }
            }
        }
        #expect(CivilDate.daysSince1970(year: 1_970, month: 1, day: 1) == 0)
    }
}
