// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
import FoundationEssentials

/// The machine's own time.
package struct SystemTime: TimeSource {
    package init() {}

    package var now: Timestamp { Timestamp(date: Date()) }

    package var elapsed: ElapsedTime? {
        ElapsedTime(
            sinceBoot: Self.boot.duration(to: .now),
            awake: Self.wake.duration(to: .now)
        )
    }

    /// Where the clocks stood when the program first asked; only differences count.
    private static let boot = ContinuousClock.now
    private static let wake = SuspendingClock.now

    /// Waits in stretches of at most a minute and looks at the wall clock again, so that a clock that is set forward while
    /// waiting does not make the daemon late; one that is set back does not either, since no wait lasts longer than it was
    /// to last when it began.
    package func sleep(until deadline: Timestamp) async throws {
        let end = ContinuousClock.now + (deadline - now)
        while true {
            let left = min(deadline - now, ContinuousClock.now.duration(to: end))
            guard left > .zero else { return }
            try await ContinuousClock().sleep(for: min(left, .seconds(60)))
        }
    }
}
