// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import Foundation
import Synchronization

/// A program that a test started and that ends with it.
package final class RunningProcess: Sendable {
    private let process: Process
    private let input: Pipe
    private let exits: AsyncStream<CInt>

    /// Starts the program; its standard error goes line by line to `onErrorLine`.
    ///
    /// Standard input stays open until `close`, so that a program may end when this process does.
    package init(
        _ path: String,
        _ arguments: [String],
        environment: [String: String],
        output: FileHandle? = nil,
        onErrorLine: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        process = Process()
        input = Pipe()
        let (exits, exit) = AsyncStream<CInt>.makeStream()
        self.exits = exits
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = output ?? FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        let unfinished = Mutex("")
        errors.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                return
            }
            let lines = unfinished.withLock { text in
                text += String(decoding: data, as: UTF8.self)
                var lines = text.components(separatedBy: "\n")
                text = lines.removeLast()
                return lines
            }
            lines.forEach(onErrorLine)
        }
        process.terminationHandler = { process in
            exit.yield(process.terminationStatus)
            exit.finish()
        }
        try process.run()
    }

    package var id: CInt { process.processIdentifier }

    package func signal(_ number: CInt) {
        kill(id, number)
    }

    /// Waits until the program ends, and kills it when the waiting is cancelled.
    @discardableResult
    package func exitStatus() async -> CInt? {
        await withTaskCancellationHandler {
            for await status in exits { return status }
            return nil
        } onCancel: {
            kill(process.processIdentifier, SIGKILL)
        }
    }
}

/// The result of a program that ran to its end.
package struct FinishedProcess: Sendable {
    package let status: CInt?
    package let output: Data
    package let errors: [String]

    /// Runs the program and waits for its end.
    package static func run(
        _ path: String,
        _ arguments: [String],
        environment: [String: String] = [:]
    ) async throws -> FinishedProcess {
        let file = FileManager.default.temporaryDirectory.appending(path: "curfew-\(UUID().uuidString)")
        guard FileManager.default.createFile(atPath: file.path(), contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        defer { try? FileManager.default.removeItem(at: file) }
        let handle = try FileHandle(forWritingTo: file)
        let lines = LockedLines()
        let process = try RunningProcess(path, arguments, environment: environment, output: handle) {
            lines.append($0)
        }
        let status = await process.exitStatus()
        try handle.close()
        return FinishedProcess(status: status, output: try Data(contentsOf: file), errors: lines.all)
    }
}

/// Lines collected from another thread.
private final class LockedLines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func append(_ line: String) { lines.withLock { $0.append(line) } }
}
