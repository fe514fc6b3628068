// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import PolicyFile
import Testing

@Suite("Durations")
struct DurationTextTests {
    @Test(
        arguments: [
            ("90s", 90), ("45min", 2_700), ("1h 30min", 5_400), ("2d", 172_800), ("1w", 604_800), ("1h30m", 5_400),
            ("1.5h", 5_400), (" 1 hour  2 minutes 3 seconds ", 3_723), ("1M", 2_629_800), ("1y", 31_557_600),
            ("2 weeks 1 day", 1_296_000), ("1hr", 3_600), ("1sec", 1), ("1second", 1), ("1minute", 60),
            ("3months", 7_889_400),
            ("1year", 31_557_600), ("0s", 0), ("0.25d", 21_600), ("1\t000s 1s", nil),
        ] as [(String, Int?)]
    )
    func `systemd time spans are read`(text: String, seconds: Int?) throws {
        if let seconds {
            #expect(try DurationText.parse(text) == .seconds(seconds))
        } else {
            #expect(throws: DurationText.Malformed.self) { try DurationText.parse(text) }
        }
    }

    @Test(arguments: [
        ("500ms", 500_000), ("250us", 250), ("1msec 1usec", 1_001), ("3µs", 3), ("3μs", 3), ("0.5s", 500_000),
    ])
    func `spans below a second are read`(text: String, microseconds: Int) throws {
        #expect(try DurationText.parse(text) == .microseconds(microseconds))
    }

    @Test(
        arguments: [
            ("", .empty), ("  ", .empty), ("90", .missingUnit("90")), ("1h 30", .missingUnit("30")),
            ("1.5", .missingUnit("1.5")), ("1H", .unknownUnit("H", nearest: "h")),
            ("5mins", .unknownUnit("mins", nearest: "min")),
            ("1fortnight", .unknownUnit("fortnight", nearest: nil)), ("h", .notANumber("h")),
            ("1. h", .notANumber("1. h")),
            (".5h", .notANumber(".5h")), ("1,5h", .unknownUnit(",", nearest: nil)), ("-1h", .negative),
            ("−1h", .negative),
            ("101y", .tooLong), ("99999999999999999999s", .tooLong), ("9223372036854775807w", .tooLong),
            ("99y 99y", .tooLong),
            ("infinity", .notANumber("infinity")), ("1h -1min", .notANumber("-1min")),
        ] as [(String, DurationText.Malformed)]
    )
    func `what is no span says why`(text: String, reason: DurationText.Malformed) {
        #expect(throws: reason) { try DurationText.parse(text) }
    }

    @Test func `a minute and a month differ by case`() throws {
        #expect(try DurationText.parse("1m") == .seconds(60))
        #expect(try DurationText.parse("1M") == .seconds(2_629_800))
    }
}
