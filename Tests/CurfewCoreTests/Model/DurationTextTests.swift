// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct DurationTextTests {
    @Test(
        arguments: [
            (Duration.zero, "0s"), (.milliseconds(1), "1ms"), (.milliseconds(999), "999ms"), (.seconds(1), "1s"),
            (.milliseconds(59_999), "59s"), (.seconds(60), "1min"), (.seconds(61), "1min 1s"), (.seconds(3_600), "1h"),
            (.seconds(3_605), "1h"), (.seconds(3_780), "1h 3min"), (.seconds(86_399), "23h 59min"),
            (.seconds(86_400), "1d"), (.seconds(187_200), "2d 4h"), (.seconds(86_460), "1d"),
            (.seconds(-3_780), "-1h 3min"), (.milliseconds(-5), "-5ms"), (.microseconds(10), "0s"),
        ] as [(Duration, String)]
    )
    func `a span is written in at most two neighbouring units`(span: Duration, text: String) {
        #expect(span.spanText == text)
    }

    @Test(arguments: [Duration.seconds(Int64.max), .seconds(Int64.min), .milliseconds(Int64.min)])
    func `a hostile span is written without a trap`(span: Duration) {
        #expect(!span.spanText.isEmpty)
    }
}
