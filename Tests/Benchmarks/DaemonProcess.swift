// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// The built daemon as a child process whose use of the machine is read from `/proc`.
final class DaemonProcess: Sendable {
    private let process: Process
    private let messages = Mutex<[(at: Double, text: String)]>([])
    private let complaintLines = Mutex<[String]>([])
    /// Where it keeps everything, its socket too.
    let folder: URL
    /// The program beside this one.
    static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "curfew")

    /// Starts `curfew run` from beside this program, under a stand-in for the service manager.
    init(policy: String, accessKey: String, secretKey: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "curfew-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in [("access-key", accessKey), ("secret-key", secretKey), ("policy.yaml", policy)] {
            let path = folder.appending(path: name).path()
            try Data(text.utf8).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Integration/service_manager.py").path()
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", script, "30000000", Self.program.path(), "run", "--log", "stderr",
            "--log-level", "warning", "--policy", folder.appending(path: "policy.yaml").path(), "--credentials-dir",
            folder.path(), "--state-dir", folder.path(), "--runtime-dir", folder.path(),
        ]
        let errors = Pipe()
        process.standardError = errors
        errors.fileHandleForReading.readabilityHandler = { [self] handle in
            for line in String(decoding: handle.availableData, as: UTF8.self).split(separator: "\n") {
                take(String(line))
            }
        }
        try process.run()
    }

    private func take(_ line: String) {
        let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        guard let at = object?["at"] as? Double, let text = object?["message"] as? String else {
            complaintLines.withLock { $0.append(line) }
            return
        }
        messages.withLock { $0.append((at, text)) }
    }

    /// What the daemon wrote besides messages to the service manager.
    var complaints: String { complaintLines.withLock { $0.joined(separator: "\n") } }

    /// Seconds from just before the start to `READY=1`; nil until it came.
    var startUp: Double? {
        messages.withLock { messages in
            guard
                let begin = messages.first(where: { $0.text == "BEGIN" }),
                let ready = messages.first(where: { $0.text.contains("READY=1") })
            else { return nil }
            return ready.at - begin.at
        }
    }

    /// Seconds of processor time that its threads have used until now, user and system together.
    ///
    /// By what the scheduler counts in nanoseconds (`schedstat`). The times in `stat` are sampled by the clock's tick on
    /// some machines, and work that comes a hundred times a second in step with it counts for many times what it takes.
    func processorSeconds() throws -> Double {
        let tasks = "/proc/\(try child())/task"
        let used = try FileManager.default.contentsOfDirectory(atPath: tasks).map { task -> Double in
            // A thread may end meanwhile.
            let text = (try? String(contentsOfFile: "\(tasks)/\(task)/schedstat", encoding: .utf8)) ?? ""
            return text.split(separator: " ").first.flatMap { Double($0) } ?? 0
        }
        return used.reduce(0, +) / 1_000_000_000
    }

    /// Resident memory now and at its highest, in kB.
    func memory() throws -> (now: Int, highest: Int) {
        let text = try String(contentsOfFile: "/proc/\(try child())/status", encoding: .utf8)
        func value(_ key: String) -> Int {
            let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
            return line?.split(separator: " ").dropLast().last.flatMap { Int($0.trimmingPrefix("\t")) } ?? 0
        }
        return (value("VmRSS:"), value("VmHWM:"))
    }

    func end() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The daemon itself, below the stand-in.
    private func child() throws -> String {
        let parent = process.processIdentifier
        let path = "/proc/\(parent)/task/\(parent)/children"
        let children = try String(contentsOfFile: path, encoding: .utf8)
        guard let first = children.split(separator: " ").first else { throw Broken(text: "the daemon has ended") }
        return String(first)
    }
}
