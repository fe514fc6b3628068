// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import GRDB

extension EntryWriter {
    func granted(_ notebook: NotebookID, _ grant: Grant) throws {
        try run(
            """
            INSERT INTO grants (notebook, granted_at, until, reason, operator, since) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            [
                notebook.text, grant.grantedAt.milliseconds, grant.until.milliseconds, grant.reason, grant.by,
                grant.since.milliseconds,
            ]
        )
    }

    /// Withdraws what was granted until then; an entry that comes a second time finds nothing left to withdraw.
    func grantWithdrawn(_ notebook: NotebookID, by person: String, at: Timestamp) throws {
        try run(
            """
            UPDATE grants SET withdrawn_at = ?1, withdrawn_by = ?2
            WHERE notebook = ?3 AND granted_at <= ?1 AND withdrawn_at IS NULL
            """,
            [at.milliseconds, person, notebook.text]
        )
    }
}
