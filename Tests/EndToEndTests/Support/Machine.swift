// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// A real systemd with curfew installed in it by `make install`; a test boots it and throws it away.
///
/// `Tests/Integration/with-systemd.sh` says how. The installed program is the debug build, and the machine shares the
/// network with the test, so that the daemon reaches a simulated cloud of the test's own.
struct Machine: Sendable {
    private static let script = Repository.script("with-systemd.sh")

    private let workspace: Workspace

    /// Whether this machine lets a test boot a systemd; the script tells on standard error why not.
    static func canBoot() async throws -> Bool {
        try await FinishedProcess.run(script, ["check"]).status == 0
    }

    /// Boots, installs curfew with the secrets of the cloud, runs `body`, and leaves nothing behind.
    ///
    /// A drop-in shortens what a test would have to wait for.
    static func with(_ access: SimulatorAccess, _ body: (Machine) async throws -> Void) async throws {
        try await Workspace.with(access) { workspace in
            let log = try LogFile(in: workspace.folder)
            let process = try RunningProcess(script, ["boot", workspace.folder.path()], errors: try log.writing())
            let result: Result<Void, any Error>
            do {
                try await booted(workspace, process, log)
                let machine = Machine(workspace: workspace)
                try await machine.install()
                try await body(machine)
                result = .success(())
            } catch {
                result = .failure(error)
            }
            // In a task of its own: a test that ran out of time is cancelled, and must clean up all the same.
            await Task { await end(workspace, process) }.value
            try result.get()
        }
    }

    // MARK: - Inside

    /// Runs a command inside as root, whatever its outcome.
    func attempt(_ command: String...) async throws -> FinishedProcess { try await attempt(command) }

    /// Runs a command that must succeed, and gives its output without the last line feed.
    @discardableResult
    func run(_ command: String...) async throws -> String {
        let result = try await attempt(command)
        guard result.status == 0 else {
            let journal = try await attempt("journalctl", "--output", "cat", "--lines", "30", "--no-pager").text
            throw Failure(text: "\(command): \(result.text)\n\(result.errors)\nthe journal's end:\n\(journal)")
        }
        return result.text
    }

    /// A property of a unit (systemctl(1), `show`).
    func property(_ name: String, of unit: String = "curfew") async throws -> String {
        try await run("systemctl", "show", "--value", "--property", name, unit)
    }

    /// Waits until a property of a unit has another value than the given one, and gives it.
    func property(_ name: String, of unit: String = "curfew", otherThan old: String) async throws -> String {
        let isOther = try await waits(
            "test \"$(systemctl show --value --property \"$0\" \"$1\")\" != \"$2\"",
            name,
            unit,
            old
        )
        try #require(isOther, "\(name) of \(unit) stays \(old)")
        return try await property(name, of: unit)
    }

    /// Whether a condition of bash becomes true within two minutes; the arguments are its `$0`, `$1` and so on.
    ///
    /// It is asked inside: a program for every time it is asked would be a burden on this machine.
    func waits(_ condition: String, _ arguments: String...) async throws -> Bool {
        let loop = "for ((i = 0; i < 1200; i++)); do \(condition) && exit 0; sleep 0.1; done; exit 1"
        return try await attempt(["bash", "-c", loop] + arguments).status == 0
    }

    /// The entries of the journal that match, oldest first.
    func journal(_ matches: String...) async throws -> [[String: String]] {
        try await run("journalctl", "--sync")
        let text = try await attempt(["journalctl", "--output", "json", "--all"] + matches).text
        return try text.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            return object.compactMapValues { $0 as? String }
        }
    }

    /// Waits for an entry of a unit whose message contains the text, and gives it.
    @discardableResult
    func entry(_ text: String, of unit: String = "curfew") async throws -> [String: String] {
        let isThere = try await waits(
            "journalctl --sync && journalctl --output cat --unit \"$0\" | grep --quiet --fixed-strings -- \"$1\"",
            unit,
            text
        )
        let entries = try await journal("--unit", unit)
        guard isThere, let entry = entries.first(where: { $0["MESSAGE"]?.contains(text) == true }) else {
            let all = entries.compactMap { $0["MESSAGE"] }.joined(separator: "\n")
            throw Failure(text: "the journal of \(unit) has no \"\(text)\":\n\(all)")
        }
        return entry
    }

    /// Writes a file inside.
    func write(_ text: String, to path: String, mode: String = "0644") async throws {
        try Data(text.utf8).write(to: workspace.folder.appending(path: "file"))
        try await run("install", "-D", "-m", mode, "/with-systemd/share/file", path)
    }

    // MARK: - Life

    private func attempt(_ command: [String]) async throws -> FinishedProcess {
        try await FinishedProcess.run(Self.script, ["in", workspace.folder.path()] + command)
    }

    private func install() async throws {
        try await run("make", "-C", "/with-systemd/repository", "install", "BINARY=.build/debug/curfew")
        try await run("journalctl", "--update-catalog")
        for name in ["access-key", "secret-key"] {
            let secret = "/with-systemd/share/credentials/\(name)"
            try await run("install", "-m", "0600", secret, "/etc/curfew/credentials/\(name)")
        }
        try await write(
            "[Service]\nWatchdogSec=4\nTimeoutAbortSec=1\nRestartSec=100ms\n",
            to: "/etc/systemd/system/curfew.service.d/test.conf"
        )
        try await run("systemctl", "daemon-reload")
    }

    private static func booted(_ workspace: Workspace, _ process: RunningProcess, _ log: LogFile) async throws {
        let isUp = await eventually { leader(workspace) != nil ? true : process.isRunning ? nil : false }
        guard isUp == true else { throw Failure(text: "systemd did not boot:\n\(log.all.joined(separator: "\n"))") }
    }

    /// The process 1 inside, by its number outside.
    private static func leader(_ workspace: Workspace) -> CInt? {
        let file = workspace.folder.appending(path: "leader")
        // Absent until the machine is up.
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return CInt(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Ends everything inside, and waits until the script has cleaned up.
    private static func end(_ workspace: Workspace, _ process: RunningProcess) async {
        if let leader = leader(workspace), process.isRunning { kill(leader, SIGKILL) } else { process.signal(SIGTERM) }
        let isOver = await eventually(within: .seconds(60)) { process.isRunning ? nil : true }
        if isOver != true { process.signal(SIGKILL) }
    }

    private struct Failure: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }
}

extension FinishedProcess {
    /// What it wrote to standard output, without the last line feed.
    fileprivate var text: String {
        let text = String(decoding: output, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
