// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import Testing

struct TimestampTextTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (1_687_656_452_470, "2023-06-25T01:27:32.470Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        ] as [(Int64, String)]
    )
    func `an instant is written in UTC with milliseconds`(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }

    @Test func `every instant of the years 0 to 9999 survives being written and read`() {
        for seed in [1, 2, 3] as [UInt64] {
            var random = SeededGenerator(seed: seed)
            for _ in 0..<5_000 {
                let instant = Timestamp(
                    milliseconds: .random(in: -62_167_219_200_000...253_402_300_799_999, using: &random)
                )
                #expect(Timestamp(rfc3339: instant.description) == instant, "seed \(seed), \(instant.milliseconds)")
            }
        }
    }

    @Test func `the text agrees with the calendar of Foundation`() {
        var random = SeededGenerator(seed: 4)
        // From 1600 on, because Foundation's calendar has the Julian days of before.
        for _ in 0..<5_000 {
            let seconds = Int64.random(in: -11_676_096_000...253_402_300_799, using: &random)
            let expected = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
            let text = Timestamp(milliseconds: seconds * 1_000).description
            #expect(text == expected.replacing("Z", with: ".000Z"), "seed 4, \(seconds)")
        }
    }

    @Test(arguments: [Int64.min, .min + 1, .min / 2, .max - 1, .max])
    func `a hostile number is written without a trap`(milliseconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).description.hasSuffix("Z"))
    }
}
