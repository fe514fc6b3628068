// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// The only way to the time: the wall clock to decide by, and waiting.
///
/// Injected everywhere, so that a day can pass in a minute in a demonstration and in a millisecond in a test.
package protocol TimeSource: Sendable {
    /// The wall clock.
    var now: Timestamp { get }

    /// Returns at `deadline` or later, or throws `CancellationError`.
    func sleep(until deadline: Timestamp) async throws
}
