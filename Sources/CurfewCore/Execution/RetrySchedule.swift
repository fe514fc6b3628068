// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// When a failed action is tried again.
package enum RetrySchedule {
    /// After so many tries in a row the action counts as stuck.
    package static let tries = 5
    /// How long a stuck action waits before it is tried again.
    package static let stuckPause: Duration = .seconds(15 * 60)

    /// The pause after the given number of failed tries (from 1): 1 s doubling to 1 min, ± 50 %.
    ///
    /// `jitter` in 0..<1 spreads daemons and notebooks that fail together; it is handed in so that plans stay repeatable.
    package static func pause(afterTry number: Int, jitter: Double) -> Duration {
        let doubled = Duration.seconds(1 << min(max(number, 1) - 1, 6))
        return min(min(doubled, .seconds(60)) * (0.5 + jitter), .seconds(60))
    }
}
