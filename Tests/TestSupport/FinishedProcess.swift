// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import Foundation

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
