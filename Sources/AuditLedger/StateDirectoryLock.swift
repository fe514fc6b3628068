// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
private import Foundation

/// The right to use a state directory, held by one process at a time for as long as the value lives.
///
/// It is an advisory lock of the kernel (`flock`) on a file in the directory: when the process ends, however it ends, the
/// lock is free at once. The file stays, with the number of its last holder in it; what it says counts only while the lock
/// is held.
package final class StateDirectoryLock: Sendable {
    /// The name of the lock's file in the directory.
    package static let fileName = "curfew.lock"

    /// The directory, without a slash at its end.
    package let directory: String
    /// Closed, and so unlocked, with the last reference to it.
    private let file: FileHandle

    /// Takes the lock, or fails at once.
    ///
    /// Throws `StateDirectoryInUse` when another process holds it, and `LedgerError` when the directory cannot be used.
    package init(directory: String, now: Timestamp) throws {
        let directory = directory.withoutTrailingSlashes
        let doing = "locking the state directory \(directory)"
        try Self.checkKind(of: directory, doing: doing)
        let path = "\(directory)/\(Self.fileName)"
        do {
            try Self.make(path)
            file = try FileHandle(forUpdating: URL(filePath: path))
        } catch {
            throw LedgerError(fileError: error, path: path, doing: doing)
        }
        self.directory = directory
        // A program that this one starts must not inherit the lock, which it could outlive.
        _ = fcntl(file.fileDescriptor, F_SETFD, FD_CLOEXEC)
        guard flock(file.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
            if errno == EWOULDBLOCK {
                throw StateDirectoryInUse(directory: directory, holder: StateDirectoryInUse.Holder(readFrom: file))
            }
            let next = "the state directory must be on a local disk"
            throw LedgerError(.notUsable, doing: doing, explanation: "the file system knows no locks; \(next)")
        }
        do {
            try file.truncate(atOffset: 0)
            try file.write(contentsOf: Data(StateDirectoryInUse.Holder(process: getpid(), since: now).text.utf8))
        } catch {
            throw LedgerError(fileError: error, path: path, doing: doing)
        }
    }

    deinit {
        // Said aloud, because a program that is just being started holds a copy of the file for a moment.
        _ = flock(file.fileDescriptor, LOCK_UN)
    }

    private static func checkKind(of directory: String, doing: String) throws {
        switch FileKind(at: directory) {
        case .directory: return
        case .missing:
            let next = "create it for the user that curfew runs as (systemd does so for StateDirectory=)"
            throw LedgerError(.notUsable, doing: doing, explanation: "there is no such directory; \(next)")
        case .file, .other:
            throw LedgerError(.notUsable, doing: doing, explanation: "it is no directory; name one for curfew alone")
        }
    }

    /// Makes the file when it is missing, and never replaces it: two processes would lock two files.
    private static func make(_ path: String) throws {
        do {
            try Data().write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch CocoaError.fileWriteFileExists {
            return
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}

/// Another process uses the state directory; two daemons would prolong and stop against each other.
package struct StateDirectoryInUse: Error, Sendable, Equatable {
    package var directory: String
    /// Nil when the other process has not written yet who it is.
    package var holder: Holder?

    /// Who holds the lock.
    package struct Holder: Sendable, Equatable {
        /// The process number, as the holder's own system sees it.
        package var process: Int32
        package var since: Timestamp
    }
}

extension StateDirectoryInUse: CustomStringConvertible {
    package var description: String {
        let who = holder.map { "process \($0.process), since \($0.since)," } ?? "another process"
        return "locking the state directory \(directory): \(who) uses it; "
            + "stop that one (systemctl stop curfew), or give this one a directory of its own"
    }
}

extension StateDirectoryInUse.Holder {
    /// As it stands in the lock's file: two lines.
    fileprivate var text: String { "pid \(process)\nsince \(since)\n" }

    fileprivate init?(readFrom file: FileHandle) {
        // The holder may be writing just now: then it stays without a name.
        guard let data = try? file.read(upToCount: 200) else { return nil }
        var words: [Substring: Substring] = [:]
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            if parts.count == 2 { words[parts[0]] = parts[1] }
        }
        guard
            let process = words["pid"].flatMap({ Int32($0) }),
            let since = words["since"].flatMap({ Timestamp(rfc3339: String($0)) })
        else { return nil }
        self.init(process: process, since: since)
    }
}

extension String {
    fileprivate var withoutTrailingSlashes: String {
        var rest = Substring(self)
        while rest.count > 1, rest.last == "/" { rest.removeLast() }
        return String(rest)
    }
}
