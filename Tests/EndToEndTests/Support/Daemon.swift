// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// The built daemon, running against whatever the workspace's policy says.
final class Daemon: Sendable {
    private let process: RunningProcess
    private let log: LogFile

    /// Runs `body` while the daemon runs; ends it afterwards, if the test has not.
    static func with<Result>(
        _ workspace: Workspace,
        options: [String] = [],
        environment: [String: String] = [:],
        _ body: (Daemon) async throws -> Result
    ) async throws -> Result {
        let daemon = try Daemon(workspace, options: options, environment: environment)
        do {
            let result = try await body(daemon)
            await daemon.end()
            return result
        } catch {
            await daemon.end()
            throw error
        }
    }

    private init(_ workspace: Workspace, options: [String], environment: [String: String]) throws {
        log = try LogFile(in: workspace.folder)
        process = try RunningProcess(
            Repository.product("curfew"),
            [
                "run", "--log", "stderr", "--state-dir", workspace.state.path(), "--runtime-dir",
                workspace.runtime.path(),
            ]
                + workspace.arguments + options,
            environment: environment,
            errors: try log.writing()
        )
    }

    /// What it has logged so far.
    var lines: [String] { log.all }

    /// Waits for a line that contains the text.
    func line(_ text: String, within bound: Duration = .seconds(120)) async -> String? {
        await eventually(within: bound) { self.lines.first { $0.contains(text) } }
    }

    /// How many lines contain the text.
    func count(_ text: String) -> Int { lines.count { $0.contains(text) } }

    /// Its process number.
    var id: Int32 { process.id }

    /// Its resident memory in kB.
    func memory() throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    func signal(_ number: CInt) { process.signal(number) }

    func exitStatus() async -> CInt? { await process.exitStatus() }

    private func end() async {
        process.signal(SIGKILL)
        await process.exitStatus()
    }
}
