// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import GRDB

extension EntryWriter {
    /// A run that is open in the ledger.
    private struct OpenRun {
        let id: Int64
        let beganAt: Int64
        /// Whether this daemon has seen it.
        let isOurs: Bool
        /// When the last daemon that saw it was last alive.
        let lastAliveAt: Int64
    }

    /// Begins a run, or goes on with the one that is open.
    ///
    /// A witnessed start ends the run that is open. Where this daemon never saw that one, it ended nobody knows when, and
    /// is closed at the last moment at which the daemon that saw it was alive: usage is counted for nothing but what was
    /// seen.
    func runBegan(_ notebook: Notebook, isStart: Bool, at: Timestamp) throws {
        let open = try openRun(of: notebook.id)
        if let open, !isStart || open.beganAt == at.milliseconds {
            if !open.isOurs { try run("UPDATE runs SET daemon = ? WHERE id = ?", [daemon, open.id]) }
            return
        }
        let isKnown = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM runs WHERE notebook = ? AND began_at = ?"),
            arguments: [notebook.id.text, at.milliseconds]
        )
        if isKnown != nil { return }
        if let open { try close(open, at: at) }
        try run(
            """
            INSERT INTO runs (daemon, notebook, name, owner, owner_id, flavor, workspace, began_at, start_seen)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                daemon, notebook.id.text, notebook.name, notebook.owner.name, notebook.owner.id, notebook.flavor,
                notebook.workspaceID, at.milliseconds, isStart ? 1 : 0,
            ]
        )
    }

    /// Ends the notebook's run, if one is open and this end is not known yet.
    func runEnded(_ notebook: NotebookID, at: Timestamp) throws {
        guard let open = try openRun(of: notebook) else { return }
        let isKnown = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM runs WHERE notebook = ? AND end_noted_at = ?"),
            arguments: [notebook.text, at.milliseconds]
        )
        if isKnown == nil { try close(open, at: at) }
    }

    private func openRun(of notebook: NotebookID) throws -> OpenRun? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT runs.id, runs.began_at, runs.daemon, daemons.last_alive_at
                FROM runs JOIN daemons ON daemons.id = runs.daemon
                WHERE notebook = ? AND ended_at IS NULL
                """
        )
        return try Row.fetchOne(statement, arguments: [notebook.text]).map { row in
            OpenRun(id: row[0], beganAt: row[1], isOurs: row[2] == daemon, lastAliveAt: row[3])
        }
    }

    private func close(_ open: OpenRun, at: Timestamp) throws {
        let end = open.isOurs ? at.milliseconds : min(open.lastAliveAt, at.milliseconds)
        // A clock that was set back must not make a run of negative length.
        try run(
            "UPDATE runs SET ended_at = ?, end_noted_at = ? WHERE id = ?",
            [max(end, open.beganAt), at.milliseconds, open.id]
        )
    }
}
