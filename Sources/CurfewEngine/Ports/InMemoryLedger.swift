// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A ledger that lasts as long as the process.
///
/// It keeps the newest entries up to a bound, so a daemon that runs for months does not grow.
package final class InMemoryLedger: Ledger {
    private let state = Mutex<[LedgerEntry]>([])
    private let capacity: Int

    /// Keeps at most `capacity` entries.
    package init(capacity: Int = 10_000) {
        self.capacity = capacity
    }

    package func record(_ entry: LedgerEntry) async {
        state.withLock { entries in
            // A tenth at a time, so that dropping the oldest costs nothing per entry.
            if entries.count >= capacity { entries.removeFirst(max(1, capacity / 10)) }
            entries.append(entry)
        }
    }

    /// All entries that are kept, oldest first.
    package var entries: [LedgerEntry] { state.withLock { $0 } }
}
