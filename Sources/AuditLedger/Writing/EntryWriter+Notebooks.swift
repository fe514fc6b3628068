// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import GRDB

extension EntryWriter {
    /// Keeps what a notebook is from now on; where nothing has changed since another daemon saw it, its row goes on.
    ///
    /// That it is still so is not written with every listing; its row names the daemon that sees it so, and stands until
    /// it changes.
    func seen(_ notebook: Notebook, at: Timestamp) throws {
        let profile = try LedgerJSON.text(NotebookProfile(notebook))
        let standing = try standing(notebook.id)
        if let standing, standing.isLike(notebook, profile) {
            if standing.daemon != daemon {
                try run("UPDATE notebooks SET daemon = ? WHERE rowid = ?", [daemon, standing.id])
            }
            return
        }
        // An entry that comes a second time, after a newer one.
        let isKnown = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM notebooks WHERE notebook = ? AND since >= ?"),
            arguments: [notebook.id.text, at.milliseconds]
        )
        guard isKnown == nil else { return }
        try end(notebook.id, at: at)
        let profileID = try standing.flatMap { $0.profile == profile ? $0.profileID : nil } ?? insert(profile)
        let lease = notebook.lease.lease
        try run(
            """
            INSERT INTO notebooks (
                notebook, daemon, since, profile, status, lease_enabled, lease_type, lease_created_at, lease_duration,
                lease_updated_at, updated_at
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                notebook.id.text, daemon, at.milliseconds, profileID, notebook.status.description,
                lease.map { $0.isEnabled ? 1 : 0 }, lease?.kind.description, lease?.createdAt.milliseconds,
                lease?.duration.wholeMilliseconds, lease?.updatedAt?.milliseconds, notebook.updatedAt?.milliseconds,
            ]
        )
    }

    /// Ends the row of a notebook that is gone, unless this end is known already.
    func vanished(_ notebook: NotebookID, at: Timestamp) throws {
        let isKnown = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM notebooks WHERE notebook = ? AND until = ?"),
            arguments: [notebook.text, at.milliseconds]
        )
        if isKnown == nil { try end(notebook, at: at) }
    }

    private func end(_ notebook: NotebookID, at: Timestamp) throws {
        // A clock that was set back must not make a row of negative length.
        try run(
            "UPDATE notebooks SET until = max(?, since) WHERE notebook = ? AND until IS NULL",
            [at.milliseconds, notebook.text]
        )
    }

    private func insert(_ profile: String) throws -> Int64 {
        try run("INSERT INTO profiles (profile) VALUES (?)", [profile])
        return db.lastInsertedRowID
    }

    private func standing(_ notebook: NotebookID) throws -> StandingNotebook? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT notebooks.rowid, notebooks.daemon, notebooks.profile, profiles.profile, status, lease_enabled,
                    lease_type, lease_created_at, lease_duration, lease_updated_at, updated_at
                FROM notebooks JOIN profiles ON profiles.id = notebooks.profile WHERE notebook = ? AND until IS NULL
                """
        )
        return try Row.fetchOne(statement, arguments: [notebook.text]).map(StandingNotebook.init)
    }
}

/// The row of a notebook that is so still.
private struct StandingNotebook {
    let id: Int64
    let daemon: Int64
    let profileID: Int64
    let profile: String
    let status: String
    let lease: LeaseReading
    let updatedAt: Int64?

    init(_ row: Row) {
        (id, daemon, profileID, profile, status) = (row[0], row[1], row[2], row[3], row[4])
        lease = LeaseReading(row, from: 5)
        updatedAt = row[10]
    }

    func isLike(_ notebook: Notebook, _ profile: String) -> Bool {
        self.profile == profile && status == notebook.status.description && lease == notebook.lease
            && updatedAt == notebook.updatedAt?.milliseconds
    }
}

extension LeaseReading {
    /// Reads five columns: enabled, type, created at, duration, updated at; unreadable where the first is null.
    init(_ row: Row, from column: Int) {
        guard
            let isEnabled = row[column] as Int64?, let createdAt = row[column + 2] as Int64?,
            let duration = row[column + 3] as Int64?
        else {
            self = .unreadable
            return
        }
        let lease = Lease(
            isEnabled: isEnabled != 0,
            kind: Lease.Kind(word: row[column + 1]),
            createdAt: Timestamp(milliseconds: createdAt),
            duration: .milliseconds(duration),
            updatedAt: (row[column + 4] as Int64?).map { Timestamp(milliseconds: $0) }
        )
        self = .known(lease)
    }
}
