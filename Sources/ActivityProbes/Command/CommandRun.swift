// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Runs a program of this machine: its absolute path and arguments, and what it finds on its standard input.
///
/// Whoever can start processes hands this in; it bounds the time, the output and the number of programs at a time.
package typealias CommandRunner = @Sendable (_ command: [String], _ input: [UInt8]) async -> CommandRun

/// What came of a program that was run.
package struct CommandRun: Sendable, Equatable {
    package var output: [UInt8]
    /// What it wrote to its standard error, or the beginning of it.
    package var errors: [UInt8]
    /// Why its output is worth nothing; nil when it ended well.
    package var failure: String?

    package init(output: [UInt8] = [], errors: [UInt8] = [], failure: String? = nil) {
        self.output = output
        self.errors = errors
        self.failure = failure
    }
}
