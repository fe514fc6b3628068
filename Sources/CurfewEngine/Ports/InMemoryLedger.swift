// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
import Synchronization

/// A ledger that lasts as long as the process.
///
/// It keeps the newest entries up to a bound, so that it never grows without end.
package final class InMemoryLedger: Ledger {
    private let state = Mutex<[LedgerEntry]>([])
    private let capacity: Int
    package let lossAtEnd: String?

    /// Keeps at most `capacity` entries; `lossAtEnd` says why there is none on a disk, where there should be.
    package init(capacity: Int = 10_000, lossAtEnd: String? = nil) {
        (self.capacity, self.lossAtEnd) = (capacity, lossAtEnd)
    }

    package func record(_ entries: [LedgerEntry]) async {
        state.withLock { kept in
            kept += entries
            // A tenth at a time, so that dropping the oldest costs nothing per entry.
            if kept.count > capacity { kept.removeFirst(kept.count - capacity + capacity / 10) }
        }
    }

    package func recall(now: Timestamp) async -> LedgerMemory { LedgerMemory() }

    package func usage(since: Timestamp) async -> UsageMemory { UsageMemory() }

    /// All entries that are kept, oldest first.
    package var entries: [LedgerEntry] { state.withLock { $0 } }
}
