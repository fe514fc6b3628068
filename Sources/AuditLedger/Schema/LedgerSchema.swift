// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The tables of the ledger, by named migrations; an applied one is never changed, only followed by another.
enum LedgerSchema {
    /// Marks the file as a ledger of curfew, as `file(1)` and this program read it: "curf" in ASCII.
    static let applicationID: Int32 = 0x6375_7266

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 daemons, actions, runs") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: first)
        }
        migrator.registerMigration("2 grants") { db in try db.execute(sql: grants) }
        migrator.registerMigration("3 observations") { db in try db.execute(sql: observations) }
        migrator.registerMigration("4 usage") { db in try db.execute(sql: usage) }
        migrator.registerMigration("5 acts") { db in try db.execute(sql: acts) }
        migrator.registerMigration("6 calls") { db in try db.execute(sql: calls) }
        return migrator
    }

    /// What each table and each index must at least have: its columns.
    static func outline(_ db: Database) throws -> [String: Set<String>] {
        let objects = try Row.fetchAll(
            db,
            sql: "SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'index') AND name NOT LIKE 'sqlite_%'"
        )
        var outline: [String: Set<String>] = [:]
        for object in objects {
            let (type, name) = (object["type"] as String, object["name"] as String)
            let columns = try String?.fetchSet(
                db,
                sql: "SELECT name FROM pragma_\(type)_info(?)",
                arguments: [name]
            )
            outline["\(type) \(name)"] = Set(columns.compactMap(\.self))
        }
        return outline
    }

    /// The outline of a ledger that is whole.
    static func expectedOutline() throws -> [String: Set<String>] {
        let queue = try DatabaseQueue()
        try migrator.migrate(queue)
        return try queue.read(outline)
    }
}
