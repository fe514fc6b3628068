// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import GRDB

extension EntryWriter {
    /// Looks further apart say nothing about the time between them, so use that both saw is not one stretch of use.
    private static let longestBlank: Duration = .seconds(600)
    /// What a source says of itself has no bound of its own.
    private static let longestDetail = 200

    /// Keeps looks; one that says the same as the one before it costs no row of its own.
    func observed(_ notebook: NotebookID, _ looks: [Observation]) throws {
        for look in looks { try keep(look, of: notebook) }
    }

    private func keep(_ look: Observation, of notebook: NotebookID) throws {
        let subject = try subject(notebook, look.source)
        let row = LookRow(look)
        if let last = try lookBefore(row.at, subject) {
            // A look that comes a second time.
            guard row.at > last.lastAt else { return }
            if row.continues(last), try !beganAnew(notebook, after: last.lastAt, until: row.at) {
                try run("UPDATE looks SET last_at = ?, detail = ? WHERE rowid = ?", [row.at, row.detail, last.id])
                return
            }
        }
        try run(
            """
            INSERT INTO looks (subject, first_at, last_at, state, idle_since, server_began_at, detail)
            VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING
            """,
            [subject, row.at, row.state, row.idleSince, row.serverBeganAt, row.detail]
        )
    }

    private func subject(_ notebook: NotebookID, _ source: EvidenceName) throws -> Int64 {
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM subjects WHERE notebook = ? AND source = ?"),
            arguments: [notebook.text, source.text]
        )
        if let known { return known }
        try run("INSERT INTO subjects (notebook, source) VALUES (?, ?)", [notebook.text, source.text])
        return db.lastInsertedRowID
    }

    /// The newest row that is not newer than the look: after the clock was set back, rows of the future stand there.
    private func lookBefore(_ at: Int64, _ subject: Int64) throws -> LastLook? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT rowid, last_at, state, idle_since, server_began_at FROM looks
                WHERE subject = ? AND first_at <= ? ORDER BY first_at DESC LIMIT 1
                """
        )
        return try Row.fetchOne(statement, arguments: [subject, at]).map { row in
            LastLook(id: row[0], lastAt: row[1], state: row[2], idleSince: row[3], serverBeganAt: row[4])
        }
    }

    /// Whether another run of the notebook began in between, about which the earlier look says nothing.
    private func beganAnew(_ notebook: NotebookID, after: Int64, until: Int64) throws -> Bool {
        let found = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM runs WHERE notebook = ? AND began_at > ? AND began_at <= ?"),
            arguments: [notebook.text, after, until]
        )
        return found != nil
    }

    private struct LastLook {
        let id: Int64
        let lastAt: Int64
        let state: String
        let idleSince: Int64?
        let serverBeganAt: Int64?
    }

    private struct LookRow {
        let at: Int64
        let state: String
        var idleSince: Int64?
        let serverBeganAt: Int64?
        var detail: String?

        init(_ look: Observation) {
            at = look.observedAt.milliseconds
            serverBeganAt = look.serverStartedAt?.milliseconds
            switch look.activity {
            case .active: (state, detail) = ("active", look.detail)
            case .idle(let since): (state, idleSince) = ("idle", since.milliseconds)
            case .unknown(let why): (state, detail) = ("unknown", why.description)
            }
            detail = detail.flatMap { $0.isEmpty ? nil : String($0.prefix(EntryWriter.longestDetail)) }
        }

        func continues(_ last: LastLook) -> Bool {
            guard last.state == state, last.idleSince == idleSince, last.serverBeganAt == serverBeganAt else {
                return false
            }
            return state != "active" || at - last.lastAt <= EntryWriter.longestBlank.wholeMilliseconds
        }
    }
}
