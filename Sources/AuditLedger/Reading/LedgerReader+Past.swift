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

    /// A daemon that recorded nothing for longer was not alive.
    static let longestSilence: Duration = .seconds(600)

    /// Who has used how much since an instant: what the daemon of now saw beginning goes on, and what one saw that has
    /// ended counts for as long as it was alive.
    package func usage(since: Timestamp, now: Timestamp) throws -> [UsageRun] {
        try read { db in
            let living = try Int64.fetchOne(
                db,
                sql: "SELECT max(id) FROM daemons WHERE last_alive_at >= ?",
                arguments: [(now - Self.longestSilence).milliseconds]
            )
            return try UsageRecall(db: db, daemon: living ?? 0, since: since).memory().runs
        }
    }

    /// Only what the daemon did to the notebook around `instant`.
    package func past(of notebook: NotebookID, around instant: Timestamp) throws -> RecordedPast {
        try read { try PastReading(db: $0, notebook: notebook, instant: instant).past() }
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
