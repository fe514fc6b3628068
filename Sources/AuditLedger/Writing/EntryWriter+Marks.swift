// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import GRDB

extension EntryWriter {
    /// Keeps a mark that this daemon sees; one that another daemon saw before goes on.
    ///
    /// That it is still there is not written with every listing, which could be a hundred thousand rows a minute: it
    /// stands until it is lifted, and its daemon's last listing is when it was last seen.
    func marked(_ notebook: NotebookID, _ mark: MarkSighting, at: Timestamp) throws {
        let statement = try db.cachedStatement(
            sql: "SELECT daemon, lifted_at FROM marks WHERE notebook = ? AND text = ? AND first_seen_at = ?"
        )
        let key: StatementArguments = [notebook.text, mark.text, mark.firstSeenAt.milliseconds]
        if let known = try Row.fetchOne(statement, arguments: key) {
            let liftedAt = known[1] as Int64?
            // What is this daemon's own, or was lifted since, is an entry that comes a second time.
            if let liftedAt { if liftedAt >= at.milliseconds { return } } else if known[0] == daemon { return }
            // Lifted before: its user went back to an earlier text.
            if liftedAt != nil { try lift(notebook, at: at) }
            try run(
                """
                UPDATE marks SET daemon = ?, seen_at = ?, lifted_at = NULL
                WHERE notebook = ? AND text = ? AND first_seen_at = ?
                """,
                [daemon, at.milliseconds] + key
            )
            return
        }
        try lift(notebook, at: at)
        try run(
            "INSERT INTO marks (notebook, text, first_seen_at, daemon, seen_at) VALUES (?, ?, ?, ?, ?)",
            [notebook.text, mark.text, mark.firstSeenAt.milliseconds, daemon, at.milliseconds]
        )
    }

    /// Ends the mark that stands, unless this end is known already.
    func markLifted(_ notebook: NotebookID, at: Timestamp) throws {
        let isKnown = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM marks WHERE notebook = ? AND lifted_at = ?"),
            arguments: [notebook.text, at.milliseconds]
        )
        if isKnown == nil { try lift(notebook, at: at) }
    }

    private func lift(_ notebook: NotebookID, at: Timestamp) throws {
        try run(
            "UPDATE marks SET lifted_at = ? WHERE notebook = ? AND lifted_at IS NULL",
            [at.milliseconds, notebook.text]
        )
    }
}
