// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// The only way to the time: the wall clock to decide by, and waiting.
///
/// Injected everywhere, so that a day can pass in a minute in a demonstration and in a millisecond in a test.
package protocol TimeSource: Sendable {
    /// The wall clock.
    var now: Timestamp { get }

    /// How much time has truly passed, whatever the wall clock says; nil where nobody can tell.
    var elapsed: ElapsedTime? { get }

    /// Returns at `deadline` or later, or throws `CancellationError`; when the clock is set back meanwhile, after as much
    /// time as it was to last, so that nothing waits for as long as the step was wide.
    func sleep(until deadline: Timestamp) async throws
}

extension TimeSource {
    package var elapsed: ElapsedTime? { nil }
}

/// What the machine's other clocks say, each since an instant of its own.
package struct ElapsedTime: Sendable {
    /// With the time in which the machine slept (CLOCK_BOOTTIME, clock_gettime(2)).
    package var sinceBoot: Duration
    /// Without it (CLOCK_MONOTONIC).
    package var awake: Duration

    package init(sinceBoot: Duration, awake: Duration) {
        self.sinceBoot = sinceBoot
        self.awake = awake
    }
}
