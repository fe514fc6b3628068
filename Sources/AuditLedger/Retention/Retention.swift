// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import GRDB

/// Keeps the ledger within its age and its size, a little at a time.
///
/// It has no clock: what it knows of the time is what the entries say.
struct Retention {
    private let settings: SQLiteLedger.Settings
    /// The last instant of which the ledger knows.
    var knownInstant: Timestamp?
    private var daemon: Int64 = 0
    /// When rows were last looked through for their age.
    private var agedAt: Timestamp?
    /// Rows that ended before this are being removed.
    private var cutoff: Timestamp?
    /// Whether everything that may go is gone, and the file is too large all the same.
    private var isExhausted = false

    /// How often rows are looked through for their age.
    private static let every: Duration = .seconds(86_400)
    /// Rows that are removed at a time: some 20 ms of work.
    private static let rowsAtATime = 500
    /// Steps when the ledger is opened: a second or two.
    private static let stepsAtOpening = 40
    /// How far the time may advance at once, as far as age goes: a clock that jumps into the future must not make
    /// everything old at once.
    private static let longestLeap: Duration = .seconds(7 * 86_400)
    /// Free pages given back to the file system at a time: 4 MB.
    private static let pagesAtATime = 1_024

    init(_ settings: SQLiteLedger.Settings) {
        self.settings = settings
    }

    /// Does the first steps.
    mutating func open(_ db: Database, daemon: Int64, now: Timestamp) throws {
        self.daemon = daemon
        look(now)
        for _ in 0..<Self.stepsAtOpening where try !isDone(db, now: now, rows: Self.rowsAtATime) {}
    }

    /// Does one step, where one is due.
    mutating func step(_ db: Database, after entries: [LedgerEntry]) throws {
        guard let now = entries.last?.at else { return }
        let listing = entries.contains { if case .listed = $0.event { true } else { false } }
        if listing, agedAt.map({ now < $0 || now - $0 >= Self.every }) ?? true { look(now) }
        knownInstant = now
        // More than the entries that came, or the file would grow for ever.
        _ = try isDone(db, now: now, rows: max(Self.rowsAtATime, 2 * entries.count))
    }

    /// Stops trying until the next day.
    mutating func giveUp() {
        cutoff = nil
        isExhausted = true
    }

    private mutating func look(_ now: Timestamp) {
        agedAt = now
        cutoff = min(now, (knownInstant ?? now) + Self.longestLeap) - settings.keepFor
        isExhausted = false
    }

    /// Does one step; true when nothing was left to do.
    private mutating func isDone(_ db: Database, now: Timestamp, rows: Int) throws -> Bool {
        if let cutoff {
            if try transaction(db, { try removeAged($0, before: cutoff, limit: rows) }) > 0 { return false }
            self.cutoff = nil
        }
        guard !isExhausted else { return true }
        let size = try FileSize(db)
        guard size.bytes > settings.largestFile else { return true }
        if size.usedBytes > settings.largestFile / 10 * 9 {
            let removed = try transaction(db) { try Self.removeOldest($0, now: now, limit: rows) }
            isExhausted = removed == 0
        } else {
            try db.execute(sql: "PRAGMA incremental_vacuum(\(Self.pagesAtATime))")
            isExhausted = try FileSize(db).bytes >= size.bytes
        }
        return isExhausted
    }

    private func transaction(_ db: Database, _ body: (Database) throws -> Int) throws -> Int {
        var count = 0
        try db.inTransaction(.immediate) {
            count = try body(db)
            return .commit
        }
        return count
    }

    private func removeAged(_ db: Database, before cutoff: Timestamp, limit: Int) throws -> Int {
        var left = limit
        for table in AgingTable.all where left > 0 {
            left -= try table.remove(db, before: cutoff, limit: left)
        }
        guard left == limit else { return limit - left }
        // What nobody has ended, because no daemon has seen the notebook since.
        for (table, endedAt) in [("marks", "lifted_at"), ("notebooks", "until")] {
            try db.execute(
                sql: """
                    DELETE FROM \(table) WHERE \(endedAt) IS NULL AND daemon IN (
                        SELECT id FROM daemons WHERE last_alive_at < ? AND id <> ?
                    )
                    """,
                arguments: [cutoff.milliseconds, daemon]
            )
        }
        try db.execute(
            sql: """
                DELETE FROM profiles WHERE NOT EXISTS (SELECT 1 FROM notebooks WHERE notebooks.profile = profiles.id);
                DELETE FROM subjects WHERE NOT EXISTS (SELECT 1 FROM looks WHERE looks.subject = subjects.id)
                """
        )
        // Only now, because rows may name them; their policies go with them.
        try db.execute(
            sql: """
                DELETE FROM daemons WHERE last_alive_at < ? AND id <> ?
                    AND NOT EXISTS (SELECT 1 FROM actions WHERE actions.daemon = daemons.id)
                    AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.daemon = daemons.id)
                    AND NOT EXISTS (SELECT 1 FROM marks WHERE marks.daemon = daemons.id)
                    AND NOT EXISTS (SELECT 1 FROM notebooks WHERE notebooks.daemon = daemons.id)
                    AND NOT EXISTS (SELECT 1 FROM holds WHERE holds.daemon = daemons.id)
                """,
            arguments: [cutoff.milliseconds, daemon]
        )
        return 0
    }

    /// Removes from the table whose oldest row is the oldest of all: from one of the bulky ones as long as that is older
    /// than a day, and from the runs last.
    private static func removeOldest(_ db: Database, now: Timestamp, limit: Int) throws -> Int {
        let floor = now - Recall.horizon
        let all = AgingTable.all
        for (tables, mustBeOld) in [(all.filter(\.isBulk), true), (all.filter { !$0.goesLast }, false), (all, false)] {
            guard let (table, at) = try oldest(of: tables, db, floor: floor), !mustBeOld || at < floor else { continue }
            return try table.removeOldest(db, floor: floor, limit: limit)
        }
        return 0
    }

    private static func oldest(
        of tables: [AgingTable],
        _ db: Database,
        floor: Timestamp
    ) throws -> (table: AgingTable, at: Timestamp)? {
        var choice: (table: AgingTable, at: Timestamp)?
        for table in tables {
            guard let at = try table.oldest(db, floor: floor) else { continue }
            if choice.map({ at < $0.at }) ?? true { choice = (table, at) }
        }
        return choice
    }
}

/// How large the database is, without its journal.
struct FileSize {
    /// The pages of the file and of the journal that will be in the file.
    let bytes: Int
    /// Of these, those that hold something.
    let usedBytes: Int

    init(_ db: Database) throws {
        let size = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4_096
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
        bytes = pages * size
        usedBytes = (pages - free) * size
    }
}
