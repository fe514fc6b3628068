// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
import FoundationEssentials

/// The machine's own time.
package struct SystemTime: TimeSource {
    package init() {}

    package var now: Timestamp { Timestamp(date: Date()) }

    /// Waits in stretches of at most a minute and looks at the wall clock again, so that a clock that is set forward while
    /// waiting does not make the daemon late.
    package func sleep(until deadline: Timestamp) async throws {
        while true {
            let left = deadline - now
            guard left > .zero else { return }
            try await ContinuousClock().sleep(for: min(left, .seconds(60)))
        }
    }
}
