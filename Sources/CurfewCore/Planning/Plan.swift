// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What is known of all notebooks together at one moment.
package struct World: Sendable {
    package var records: [NotebookRecord]
    /// Notebooks RUNNING in the last complete listing.
    package var running: Int
    /// Stops sent within the guard's window.
    package var recentStops: Int
    /// Holds that the engine found: cold start, outage, blindness, a standing freeze.
    package var holds: [Hold]

    package init(records: [NotebookRecord], running: Int? = nil, recentStops: Int = 0, holds: [Hold] = []) {
        self.records = records
        self.running = running ?? records.count { $0.notebook.status.isRunning }
        self.recentStops = recentStops
        self.holds = holds
    }
}

/// A decision for each notebook, with the guards applied.
package struct Plan: Sendable {
    /// In the order of the world's records.
    package var decisions: [Decision]
    /// Why stops are held back, if they are.
    package var holds: [Hold]
}
