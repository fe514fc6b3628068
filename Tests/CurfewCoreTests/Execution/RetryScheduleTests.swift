// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@Suite("I12: retries are bounded and spread")
struct RetryScheduleTests {
    @Test(arguments: [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32)])
    func `the pause doubles from a second, with half of it to either side`(number: Int, seconds: Int) {
        #expect(RetrySchedule.pause(afterTry: number, jitter: 0) == .milliseconds(seconds * 500))
        #expect(RetrySchedule.pause(afterTry: number, jitter: 0.5) == .seconds(seconds))
        #expect(RetrySchedule.pause(afterTry: number, jitter: 0.999) <= .milliseconds(seconds * 1_500))
    }

    @Test(arguments: [-1, 0, 1, 5, 7, 8, 62, 63, 64, 1_000, Int.max])
    func `the pause is never longer than a minute nor shorter than half a second`(number: Int) {
        for jitter in [0, 0.25, 0.5, 0.999_999] {
            let pause = RetrySchedule.pause(afterTry: number, jitter: jitter)
            #expect(pause >= .milliseconds(500))
            #expect(pause <= .seconds(60))
        }
    }

    @Test func `the first tries of all notebooks together take about half a minute`() {
        let least = (1..<RetrySchedule.tries).reduce(Duration.zero) {
            $0 + RetrySchedule.pause(afterTry: $1, jitter: 0)
        }
        #expect(least == .milliseconds(7_500))
        #expect(RetrySchedule.tries == 5)
        #expect(RetrySchedule.stuckPause == .minutes(15))
    }
}
