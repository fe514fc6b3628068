// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// When a read is tried again, and how often; mutations never are.
struct RetrySchedule: Sendable {
    /// The engine asks again at the next poll, so a few tries are enough to bridge a hiccup.
    var tries = 3
    var first = Duration.milliseconds(500)
    /// What the cloud may ask to wait for before the call gives up and leaves the waiting to the engine.
    var longestWait = Duration.seconds(30)

    /// The time before the next try: doubling, ± 50 %, so that many clients do not come back in step.
    ///
    /// `failures` counts from 1; `jitter` lies in 0..<1.
    func delay(after failures: Int, jitter: Double) -> Duration {
        first * (1 << min(max(failures - 1, 0), 10)) * (0.5 + min(max(jitter, 0), 1))
    }
}
