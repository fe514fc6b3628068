// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A stretch of a notebook's running, as the ledger knows it.
package struct UsageRun: Hashable, Sendable {
    package var notebook: NotebookID
    package var traits: RunTraits
    package var began: Timestamp
    package var end: End

    package enum End: Hashable, Sendable {
        case ended(Timestamp)
        /// It had not ended when the daemon that saw it was last alive, and what became of it is not known yet.
        case lastSeen(Timestamp)
        /// It goes on.
        case ongoing
    }

    package init(notebook: NotebookID, traits: RunTraits, began: Timestamp, end: End) {
        (self.notebook, self.traits, self.began, self.end) = (notebook, traits, began, end)
    }

    /// What of it counts: nothing before `start`, which is where the notebook's last run was counted to, nothing after `now`,
    /// and never a negative time, whatever the rows say.
    func counted(from start: Timestamp, now: Timestamp) -> (start: Timestamp, end: Timestamp) {
        let start = min(max(began, start), now)
        switch end {
        case .ended(let end), .lastSeen(let end): return (start, max(start, min(end, now)))
        case .ongoing: return (start, now)
        }
    }
}
