// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Which program of the site is asked about a notebook, and within which bounds.
package struct CommandSettings: Sendable, Equatable {
    /// The absolute path of the program, then its arguments; no shell is between.
    package var command: [String]
    /// How long one look may take.
    package var timeout: Duration
    /// How many of these programs may run at a time.
    package var concurrency: Int

    package init(command: [String], timeout: Duration = .seconds(5), concurrency: Int = 8) {
        self.command = command
        self.timeout = timeout
        self.concurrency = concurrency
    }
}
