// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension SQLiteLedger {
    /// How long and how much the ledger keeps.
    package struct Settings: Sendable, Equatable {
        /// Rows that ended longer ago are removed.
        package var keepFor: Duration
        /// The size of the file, in bytes, above which the oldest rows are removed; its journal comes on top, some
        /// megabytes.
        package var largestFile: Int
        /// How long to wait for another program that keeps the file locked.
        package var busyTimeout: Duration

        /// The size of the file, in bytes, up to which everything in it is checked when it is opened; a larger one is
        /// checked in the time that a service manager waits.
        package var largestWholeCheck: Int

        package init(
            keepFor: Duration = .seconds(400 * 86_400),
            largestFile: Int = 1 << 30,
            busyTimeout: Duration = .seconds(5),
            largestWholeCheck: Int = 256 << 20
        ) {
            self.keepFor = keepFor
            self.largestFile = largestFile
            self.busyTimeout = busyTimeout
            self.largestWholeCheck = largestWholeCheck
        }
    }
}
