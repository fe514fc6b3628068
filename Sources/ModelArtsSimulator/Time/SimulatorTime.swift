// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The only clock that the simulator reads.
///
/// Everything that depends on time (leases, signatures, tokens, what users do) asks this value, so a test can stand still
/// and a demonstration can run a working day in a minute. Instants are milliseconds since 1970 UTC, as in the ModelArts API.
package struct SimulatorTime: Sendable {
    /// The present instant, in milliseconds since 1970 UTC.
    package var now: @Sendable () -> Int64

    /// Waits until the clock shows at least the given instant, or throws when the task is cancelled.
    package var sleepUntil: @Sendable (Int64) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Int64,
        sleepUntil: @escaping @Sendable (Int64) async throws -> Void
    ) {
        self.now = now
        self.sleepUntil = sleepUntil
    }

    /// The clock of the machine.
    package static var system: SimulatorTime {
        let now: @Sendable () -> Int64 = { Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) }
        return SimulatorTime(now: now) { instant in
            let left = instant - now()
            guard left > 0 else { return }
            try await ContinuousClock().sleep(for: .milliseconds(left))
        }
    }

    /// A clock that begins at a given instant and runs `speed` times as fast as the machine's.
    /// - Parameters:
    ///   - speed: How many simulated seconds pass in a real one; more than 0.
    ///   - startingAt: What it shows now, in milliseconds since 1970 UTC.
    /// - Returns: The clock, running already.
    package static func scaled(speed: Double, startingAt: Int64) -> SimulatorTime {
        precondition(speed > 0, "a simulated clock must run forward")
        let clock = ContinuousClock()
        let origin = clock.now
        let now: @Sendable () -> Int64 = {
            let elapsed = origin.duration(to: clock.now) / .milliseconds(1)
            return startingAt + Int64((elapsed * speed).rounded(.down))
        }
        return SimulatorTime(now: now) { instant in
            let left = Double(instant - now()) / speed
            guard left > 0 else { return }
            try await clock.sleep(for: .milliseconds(left.rounded(.up)))
        }
    }
}
