// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
private import Foundation
import GRDB

/// The ledger's file and what belongs to it in the state directory.
struct LedgerFile {
    let directory: String

    var path: String { "\(directory)/\(SQLiteLedger.fileName)" }

    /// What SQLite keeps beside a database: the journal that holds the newest transactions, and its index; and the note
    /// that damage was found while it was in use.
    private static let companions = ["-wal", "-shm", "-journal", damageNote]
    private static let damageNote = "-damaged"

    /// Whether there is no ledger yet, nor a part of one.
    var isAbsent: Bool {
        ([""] + Self.companions).allSatisfy { !Self.exists(path + $0) }
    }

    /// Whether an earlier daemon found damage while it used the file, which a check may not find again.
    var isNotedAsDamaged: Bool { Self.exists(path + Self.damageNote) }

    /// Makes the next opening replace the file.
    func noteDamage() {
        // Where not even this can be written, the next opening still checks the file.
        try? Data().write(to: URL(filePath: path + Self.damageNote))
    }

    /// Makes an empty ledger.
    ///
    /// It is made under another name first, so that a file with the ledger's name is always whole.
    func make(_ settings: SQLiteLedger.Settings) throws {
        let draft = path + ".new"
        do {
            for name in [draft] + Self.companions.map({ draft + $0 }) where Self.exists(name) {
                // Left by a daemon that ended while it made its first ledger; no entry was ever in it.
                try FileManager.default.removeItem(atPath: name)
            }
            try Data().write(to: URL(filePath: draft), options: .withoutOverwriting)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft)
        } catch {
            throw LedgerError(fileError: error, path: draft, doing: "making the ledger \(path)")
        }
        let queue = try DatabaseQueue(path: draft, configuration: LedgerConnection.writing(settings))
        try LedgerSchema.migrator.migrate(queue)
        try queue.close()
        do {
            try FileManager.default.moveItem(atPath: draft, toPath: path)
            try syncDirectory()
        } catch {
            throw LedgerError(fileError: error, path: path, doing: "making the ledger \(path)")
        }
    }

    func connect(_ settings: SQLiteLedger.Settings) throws -> DatabaseQueue {
        try DatabaseQueue(path: path, configuration: LedgerConnection.writing(settings))
    }

    /// Gives the file and its companions another name that nothing has yet, and returns it.
    ///
    /// The companions keep their endings, so that `sqlite3` still finds them with the file.
    func moveAside(at now: Timestamp) throws -> String {
        let stamp = now.description.filter { $0 != "-" && $0 != ":" }.prefix { $0 != "." }
        var target = "\(path).corrupt-\(stamp)Z"
        var count = 1
        while ([""] + Self.companions).contains(where: { Self.exists(target + $0) }) {
            count += 1
            target = "\(path).corrupt-\(stamp)Z-\(count)"
        }
        do {
            for ending in [""] + Self.companions where Self.exists(path + ending) {
                try FileManager.default.moveItem(atPath: path + ending, toPath: target + ending)
            }
            try syncDirectory()
        } catch {
            throw LedgerError(fileError: error, path: path, doing: "moving the damaged ledger to \(target)")
        }
        return target
    }

    /// Makes new names last over a loss of power.
    private func syncDirectory() throws {
        let handle = try FileHandle(forReadingFrom: URL(filePath: directory))
        defer { try? handle.close() }  // only read from: closing it loses nothing
        guard fsync(handle.fileDescriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Whether the name is taken, also by a link that leads nowhere.
    private static func exists(_ path: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: path)) != nil
    }
}
