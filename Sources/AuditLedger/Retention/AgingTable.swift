// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import GRDB

/// A table whose rows are removed when they are old.
struct AgingTable {
    let name: String
    /// When a row ended; a row without it is still open and never removed.
    let endedAt: String
    /// Which of its rows the daemon's memory after a restart is made of; these are not removed within the time that the
    /// memory reaches back, however large the file is.
    var isRemembered: String?
    /// Whether its rows go before those of other tables when the file is too large: they are many, and others are the
    /// record of what was done.
    var isBulk = false

    /// Whether its rows are removed for the size of the file only when no other table has any to remove: sums over a long
    /// time are made from them.
    var goesLast = false

    static let all = [
        AgingTable(name: "actions", endedAt: "ended_at", isRemembered: "action = 'stop'"),
        AgingTable(name: "runs", endedAt: "ended_at", goesLast: true),
        AgingTable(name: "warnings", endedAt: "at"),
        AgingTable(name: "budget_warnings", endedAt: "at"),
        AgingTable(name: "marks", endedAt: "lifted_at"),
        AgingTable(name: "grants", endedAt: "min(ifnull(withdrawn_at, until), until)", isRemembered: "TRUE"),
        AgingTable(name: "acts", endedAt: "at"),
        AgingTable(name: "freezes", endedAt: "ended_at"),
        AgingTable(name: "restarts", endedAt: "at", isRemembered: "TRUE"),
        AgingTable(name: "holds", endedAt: "ended_at"),
        AgingTable(name: "looks", endedAt: "last_at", isBulk: true),
        AgingTable(name: "notebooks", endedAt: "until", isBulk: true),
    ]

    /// Removes rows that ended before `cutoff`, the oldest first and at most `limit`; gives their number.
    func remove(_ db: Database, before cutoff: Timestamp, limit: Int) throws -> Int {
        try remove(db, where: "\(endedAt) < ?", [cutoff.milliseconds], limit: limit)
    }

    /// Removes the oldest rows, but none of those that the memory is made of and that ended after `floor`.
    func removeOldest(_ db: Database, floor: Timestamp, limit: Int) throws -> Int {
        try remove(db, where: removable, [floor.milliseconds], limit: limit)
    }

    /// When the oldest row ended that `removeOldest` may remove; nil when there is none.
    func oldest(_ db: Database, floor: Timestamp) throws -> Timestamp? {
        try Int64.fetchOne(
            db,
            sql: "SELECT \(endedAt) FROM \(name) WHERE \(removable) ORDER BY \(endedAt) LIMIT 1",
            arguments: [floor.milliseconds]
        ).map { Timestamp(milliseconds: $0) }
    }

    private var removable: String {
        "\(endedAt) IS NOT NULL AND (\(endedAt) < ?1 OR NOT (\(isRemembered ?? "FALSE")))"
    }

    private func remove(
        _ db: Database,
        where condition: String,
        _ arguments: StatementArguments,
        limit: Int
    ) throws -> Int {
        try db.execute(
            sql: """
                DELETE FROM \(name) WHERE rowid IN (
                    SELECT rowid FROM \(name) WHERE \(condition) ORDER BY \(endedAt) LIMIT \(limit)
                )
                """,
            arguments: arguments
        )
        return db.changesCount
    }
}
