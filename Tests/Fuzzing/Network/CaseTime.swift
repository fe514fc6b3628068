// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Synchronization

/// The time of a case: it stands still, and whoever waits has waited at once.
final class CaseTime: TimeSource {
    /// When the replies of the corpus were recorded.
    static let start = Timestamp(milliseconds: 1_795_245_330_000)

    private let state = Mutex(CaseTime.start)

    var now: Timestamp { state.withLock { $0 } }

    func sleep(until deadline: Timestamp) async throws {
        try Task.checkCancellation()
        state.withLock { $0 = max($0, deadline) }
    }

    /// Lets time pass.
    func advance(by span: Duration) { state.withLock { $0 = $0 + span } }
}
