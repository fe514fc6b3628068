// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Waits until `condition` gives a value, and returns it; nil when it gives none within `bound`.
///
/// For real parts that say nothing when they are done: files, processes, other people's servers.
package func eventually<Value>(within bound: Duration = .seconds(120), _ condition: () async -> Value?) async -> Value?
{
    let clock = ContinuousClock()
    let end = clock.now + bound
    while clock.now < end, !Task.isCancelled {
        if let value = await condition() { return value }
        // The only error is cancellation, which ends the loop.
        try? await clock.sleep(for: .milliseconds(10))
    }
    return await condition()
}
