// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import Foundation
import Synchronization

/// A program that a test started and that ends with it.
package final class RunningProcess: Sendable {
    private let process = Process()
    /// Held open, so that a program may end when this process does.
    private let input = Pipe()
    private let exits: AsyncStream<CInt>
    private let drains: AsyncStream<Void>

    /// Starts the program; its standard error goes line by line to `onErrorLine`, or to a file.
    ///
    /// Variables that a service manager may have set for the tests are not passed on.
    package init(
        _ path: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        output: FileHandle = .nullDevice,
        errors: FileHandle? = nil,
        onErrorLine: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        let (exits, exit) = AsyncStream<CInt>.makeStream()
        let (drains, drained) = AsyncStream<Void>.makeStream()
        self.exits = exits
        self.drains = drains
        let inherited = ProcessInfo.processInfo.environment.filter {
            !["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "JOURNAL_STREAM"].contains($0.key)
        }
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = inherited.merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = output
        if let errors {
            process.standardError = errors
            drained.finish()
        } else {
            process.standardError = Self.pipe(onErrorLine) { drained.finish() }
        }
        process.terminationHandler = { process in
            exit.yield(process.terminationStatus)
            exit.finish()
        }
        try process.run()
    }

    private static func pipe(
        _ onLine: @escaping @Sendable (String) -> Void,
        onEnd: @escaping @Sendable () -> Void
    ) -> Pipe {
        let pipe = Pipe()
        let unfinished = Mutex("")
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                onEnd()
                return
            }
            let lines = unfinished.withLock { text in
                text += String(decoding: data, as: UTF8.self)
                var lines = text.components(separatedBy: "\n")
                text = lines.removeLast()
                return lines
            }
            lines.forEach(onLine)
        }
        return pipe
    }

    package var id: CInt { process.processIdentifier }

    package func signal(_ number: CInt) {
        // A program that has ended has given its number back.
        if process.isRunning { kill(id, number) }
    }

    /// Waits until the program has ended and all its lines have come; kills it when the waiting is cancelled.
    @discardableResult
    package func exitStatus() async -> CInt? {
        await withTaskCancellationHandler {
            var status: CInt?
            for await exit in exits { status = exit }
            for await _ in drains {}
            return status ?? (process.isRunning ? nil : process.terminationStatus)
        } onCancel: {
            kill(process.processIdentifier, SIGKILL)
        }
    }
}

/// The result of a program that ran to its end.
package struct FinishedProcess: Sendable {
    package let status: CInt?
    package let output: Data
    package let errors: String

    /// Runs the program and waits for its end.
    package static func run(
        _ path: String,
        _ arguments: [String],
        environment: [String: String] = [:]
    ) async throws -> FinishedProcess {
        try await withTemporaryFolder { folder in
            let files = ["output", "errors"].map { folder.appending(path: $0) }
            for file in files { try Data().write(to: file) }
            let process = try RunningProcess(
                path,
                arguments,
                environment: environment,
                output: try FileHandle(forWritingTo: files[0]),
                errors: try FileHandle(forWritingTo: files[1])
            )
            let status = await process.exitStatus()
            return FinishedProcess(
                status: status,
                output: try Data(contentsOf: files[0]),
                errors: try String(contentsOf: files[1], encoding: .utf8)
            )
        }
    }
}
