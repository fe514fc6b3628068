// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
import CurfewEngine
import GRDB

extension LedgerReader {
    /// What the ledger knows of one notebook at an instant.
    package struct Moment: Sendable {
        /// For the facts of the instant, as `NotebookHistory.record` finds them.
        package let history: NotebookHistory
        package let past: RecordedPast
        /// Who had run what by then, as far back as was asked.
        package let runs: [UsageRun]
    }

    /// Reads what was recorded of the notebook around `instant`, and all runs of the span before it; nil where the ledger
    /// does not know the notebook.
    package func moment(
        of notebook: NotebookID,
        at instant: Timestamp,
        usageWithin span: Duration?
    ) throws -> Moment? {
        try read { db in
            let reading = PastReading(db: db, notebook: notebook, instant: instant)
            guard let history = try reading.history() else { return nil }
            var runs: [UsageRun] = []
            if let span {
                let newest = try Int64.fetchOne(db, sql: "SELECT max(id) FROM daemons") ?? 0
                runs = try UsageRecall(db: db, daemon: newest, since: instant - span).memory().runs
                    .compactMap { $0.known(at: instant) }
            }
            return Moment(history: history, past: try reading.past(), runs: runs)
        }
    }

    /// Only what the daemon did to the notebook around `instant`.
    package func past(of notebook: NotebookID, around instant: Timestamp) throws -> RecordedPast {
        try read { try PastReading(db: $0, notebook: notebook, instant: instant).past() }
    }

    /// The notebooks with that id, with an id that begins so, or with that name, each as it was seen last; at most a
    /// hundred, and the one with that very id first.
    package func notebooks(called text: String) throws -> [Notebook] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT notebook, name, owner, ownerID FROM (
                        SELECT notebook, max(since),
                            profiles.profile ->> 'name' AS name, profiles.profile ->> 'owner' AS owner,
                            profiles.profile ->> 'ownerID' AS ownerID
                        FROM notebooks JOIN profiles ON profiles.id = notebooks.profile GROUP BY notebook
                    )
                    WHERE name = ?1 OR substr(notebook, 1, length(?1)) = ?1 ORDER BY notebook <> ?1, notebook LIMIT 100
                    """,
                arguments: [text]
            )
            .map { row in
                Notebook(
                    id: NotebookID(row[0]),
                    name: row[1] as String? ?? "",
                    status: .stopped,
                    owner: Notebook.Owner(name: row[2], id: row[3])
                )
            }
        }
    }

    /// When anything was recorded last; nil in an empty ledger.
    package var lastRecordedAt: Timestamp? {
        get throws {
            try read { db in
                try Int64.fetchOne(db, sql: "SELECT max(last_alive_at) FROM daemons").map {
                    Timestamp(milliseconds: $0)
                }
            }
        }
    }
}
