// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import GRDB

extension LedgerFile {
    /// What is wrong with the ledger's file.
    struct Damage: Error {
        let why: String
    }

    /// Looks through the whole file; nil when it is sound.
    ///
    /// Throws what says nothing against the file: that it is locked, that the disk is full, that a newer curfew made it.
    func findDamage(_ settings: SQLiteLedger.Settings, now: Timestamp) throws -> Damage? {
        switch FileKind(at: path) {
        case .missing: return Damage(why: "its journal is there, but the file itself is missing")
        case .directory: return Damage(why: "there is a directory in its place")
        case .other: return Damage(why: "it is no ordinary file")
        // It is never empty, because it is made under another name.
        case .file(bytes: 0): return Damage(why: "the file is empty")
        case .file: break
        }
        if isNotedAsDamaged { return Damage(why: "SQLite found damage while it was in use") }
        do {
            // Without writing first: a damaged file is kept as it was found.
            let reading = try DatabaseQueue(path: path, configuration: LedgerConnection.readOnly(settings))
            try reading.inDatabase { db in
                try Self.checkPages(db, wholeUpTo: settings.largestWholeCheck)
                try checkOrigin(db)
            }
            let queue = try connect(settings)
            try LedgerSchema.migrator.migrate(queue)
            try queue.inDatabase { db in
                try Self.checkOutline(db)
                _ = try Recall(db: db, daemon: 0, now: now).memory()
            }
            return nil
        } catch let damage as Damage {
            return damage
        } catch let error as DatabaseError where error.isDamage {
            return Damage(why: error.said)
        }
    }

    /// Looks at every page and every value; in a file of ordinary size also at whether all indexes agree with their
    /// tables.
    ///
    /// That takes seconds per 100 MB, and a service manager waits only so long. In a large file just the indexes are held
    /// against their tables that a daemon's memory is read through.
    private static func checkPages(_ db: Database, wholeUpTo bound: Int) throws {
        let isLarge = try FileSize(db).bytes > bound
        let findings = try String.fetchAll(db, sql: isLarge ? "PRAGMA quick_check(3)" : "PRAGMA integrity_check(3)")
        guard findings == ["ok"] else { throw Damage(why: findings.joined(separator: "; ")) }
        guard isLarge else { return }
        // A file of an older curfew does not have all of them yet.
        for (table, index, condition) in try memoryIndexes.filter({ try db.tableExists($0.0) }) {
            let count = "SELECT count(*) FROM \(table)"
            let listed = try Int.fetchOne(db, sql: "\(count) INDEXED BY \(index) WHERE \(condition)")
            let present = try Int.fetchOne(db, sql: "\(count) NOT INDEXED WHERE \(condition)")
            guard listed == present else { throw Damage(why: "index \(index) does not agree with its table") }
        }
    }

    private static let memoryIndexes = [
        ("actions", "actions_open", "outcome IS NULL"),
        ("actions", "actions_stop", "action = 'stop'"),
        ("runs", "runs_open", "ended_at IS NULL"),
        ("runs", "runs_ended", "ended_at IS NOT NULL"),
        ("marks", "marks_standing", "lifted_at IS NULL"),
        ("freezes", "freezes_standing", "ended_at IS NULL"),
    ]

    private func checkOrigin(_ db: Database) throws {
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
        guard application == LedgerSchema.applicationID else {
            throw Damage(why: "it is a database, but no ledger of curfew")
        }
        let known = Set(LedgerSchema.migrator.migrations)
        let applied = try LedgerSchema.migrator.appliedIdentifiers(db)
        guard !applied.isEmpty else { throw Damage(why: "it does not say which tables it has") }
        let unknown = applied.subtracting(known)
        guard !unknown.isEmpty else { return }
        // A newer curfew has applied everything that this one knows.
        guard applied.isSuperset(of: known) else { throw Damage(why: "its list of migrations is garbled") }
        throw LedgerError(
            .newer,
            doing: "opening the ledger \(path)",
            explanation: "a newer curfew made it (\(unknown.sorted().joined(separator: ", "))); "
                + "install that version again, or move the file away to begin a new ledger"
        )
    }

    private static func checkOutline(_ db: Database) throws {
        let found = try LedgerSchema.outline(db)
        for (object, columns) in try LedgerSchema.expectedOutline().sorted(by: { $0.key < $1.key }) {
            guard let present = found[object] else { throw Damage(why: "\(object) is missing") }
            guard present.isSuperset(of: columns) else {
                throw Damage(why: "\(object) lacks \(columns.subtracting(present).sorted().joined(separator: ", "))")
            }
        }
    }
}
