// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A program of this machine that is to be run once: what it is given, and its bounds.
///
/// It is started without a shell, in the directory `/`, in a process group of its own, with every signal at its default
/// and with three open descriptors: its input, its output and its errors.
package struct ChildProgram: Sendable {
    /// The absolute path of the program, then its arguments.
    package var arguments: [String]
    /// What it finds on its standard input.
    package var input: [UInt8]
    /// How long it may run.
    package var timeout: Duration
    /// How much it may write to its standard output, in bytes; with more it has failed.
    package var mostOutput: Int
    /// How much of its standard error is kept, in bytes; the rest is read and dropped.
    package var mostErrors: Int

    /// All that it finds in its environment: nothing of the daemon's own, which names its secrets' directory and the
    /// socket of the service manager.
    package static let environment = ["PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "TZ=UTC"]

    package init(
        _ arguments: [String],
        input: [UInt8] = [],
        timeout: Duration,
        mostOutput: Int = 65_536,
        mostErrors: Int = 4_096
    ) {
        self.arguments = arguments
        self.input = input
        self.timeout = timeout
        self.mostOutput = mostOutput
        self.mostErrors = mostErrors
    }
}

/// What became of a program that was run.
package struct ChildResult: Sendable, Equatable {
    package var ending: Ending
    package var output: [UInt8]
    package var errors: [UInt8]

    package enum Ending: Sendable, Equatable {
        case exited(status: CInt)
        case killed(signal: CInt)
        /// It did not end in time, and was made to end.
        case timedOut(after: Duration)
        /// It wrote more than it may, and was made to end.
        case tooMuchOutput(most: Int)
        /// It could not be started; the number is an `errno`.
        case notStarted(CInt)
        /// It was not started, because too many others ran for all of its time.
        case noPlace(limit: Int)
        /// Nobody wants to know any more.
        case cancelled
    }
}

extension ChildResult.Ending {
    /// Why its output is worth nothing, for people; nil when it ended well.
    package var failure: String? {
        switch self {
        case .exited(0): nil
        case .exited(let status): "ended with status \(status)"
        case .killed(let signal): "was ended by signal \(signal)"
        case .timedOut(let limit): "did not end within \(limit), so it was ended"
        case .tooMuchOutput(let most): "wrote more than \(most) bytes, so it was ended"
        case .notStarted(let code): "could not be started: \(SystemError.text(code))"
        case .noPlace(let limit): "was not started: \(limit) others ran for all of its time, raise `concurrency`"
        case .cancelled: "was ended, since the daemon ends or took another policy"
        }
    }
}
