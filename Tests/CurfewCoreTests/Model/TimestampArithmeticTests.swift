// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct TimestampArithmeticTests {
    @Test func `differences and sums agree`() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<2_000 {
            let left = Timestamp(milliseconds: .random(in: -1_000_000_000_000...4_000_000_000_000, using: &random))
            let right = Timestamp(milliseconds: .random(in: -1_000_000_000_000...4_000_000_000_000, using: &random))
            #expect(right + (left - right) == left, "seed 11")
            #expect(left - (left - right) == right, "seed 11")
            #expect((left < right) == (left - right < .zero), "seed 11")
        }
    }

    @Test(arguments: [Int64.min, .min + 1, -1, 0, 1, .max])
    func `hostile instants never trap and never change sides`(milliseconds: Int64) {
        let instant = Timestamp(milliseconds: milliseconds)
        for other in [Timestamp(milliseconds: .min), Timestamp(milliseconds: .max), noon] {
            #expect((instant - other >= .zero) == (instant >= other))
            let span = instant - other
            _ = span.spanText
            _ = (noon + span, noon - span, instant + span, instant - span)
        }
    }

    @Test(
        arguments: [
            (Duration.milliseconds(1_999), 1_999), (.microseconds(1_999), 1), (.microseconds(-1_999), -1),
            (.seconds(Int64.max), Int64.max), (.seconds(Int64.min), -Int64.max), (.zero, 0),
            (.milliseconds(Int64.min), -Int64.max),
        ] as [(Duration, Int64)]
    )
    func `a span in milliseconds is rounded towards zero and clamped`(span: Duration, milliseconds: Int64) {
        #expect(span.wholeMilliseconds == milliseconds)
    }
}
