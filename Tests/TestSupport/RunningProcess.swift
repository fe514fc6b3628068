// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// A program that a test started and that ends with it.
package final class RunningProcess: Sendable {
    private let process = Process()
    /// Held open, so that a program may end when this process does.
    private let input = Pipe()
    private let exits: AsyncStream<CInt>

    /// Starts the program with its output going to files.
    ///
    /// Variables that a service manager may have set for the tests are not passed on. The files are closed here: the
    /// program has copies of its own, and Foundation keeps the process object, and what it holds, for ever.
    package init(
        _ path: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        output: FileHandle = .nullDevice,
        errors: FileHandle = .nullDevice
    ) throws {
        let (exits, exit) = AsyncStream<CInt>.makeStream()
        self.exits = exits
        let inherited = ProcessInfo.processInfo.environment.filter {
            !["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "JOURNAL_STREAM"].contains($0.key)
        }
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = inherited.merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        process.terminationHandler = { [input] process in
            // Nobody reads it any more; closing can only fail when it is closed already.
            try? input.fileHandleForWriting.close()
            exit.yield(process.terminationStatus)
            exit.finish()
        }
        defer {
            for file in [output, errors] where file !== FileHandle.nullDevice {
                // What the test itself wrote to it, nothing, cannot be lost.
                try? file.close()
            }
        }
        try process.run()
    }

    package var id: CInt { process.processIdentifier }

    package var isRunning: Bool { process.isRunning }

    package func signal(_ number: CInt) {
        // A program that has ended has given its number back.
        if process.isRunning { kill(id, number) }
    }

    /// Waits until the program has ended; kills it when the waiting is cancelled.
    @discardableResult
    package func exitStatus() async -> CInt? {
        await withTaskCancellationHandler {
            for await status in exits { return status }
            return process.isRunning ? nil : process.terminationStatus
        } onCancel: {
            kill(process.processIdentifier, SIGKILL)
        }
    }
}
