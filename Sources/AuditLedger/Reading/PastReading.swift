// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import GRDB

/// Reads what was recorded of one notebook around an instant, within one transaction.
struct PastReading {
    let db: Database
    let notebook: NotebookID
    let instant: Timestamp

    /// So many actions on each side of the instant are told.
    private static let nearest = 5
    /// How far back the looks reach where no run is known.
    private static let lookBack: Duration = .seconds(86_400)

    func past() throws -> RecordedPast {
        RecordedPast(
            actions: try actions(),
            holds: try holds(),
            policy: try policy(),
            isWatched: try isWatched()
        )
    }

    /// The notebook's history as far as it matters at the instant; nil where the ledger does not know the notebook.
    func history() throws -> NotebookHistory? {
        let began = try Int64.fetchOne(
            db,
            sql: "SELECT max(began_at) FROM runs WHERE notebook = ? AND began_at <= ?",
            arguments: [notebook.text, instant.milliseconds]
        )
        let since = began.map { Timestamp(milliseconds: $0 - 1) } ?? instant - Self.lookBack
        let reading = HistoryReading(db: db, since: since, only: notebook)
        guard var history = try reading.history().notebooks.first else { return nil }
        history.warnings = try Row.fetchAll(
            db,
            sql: "SELECT rule, at FROM warnings WHERE notebook = ? AND at > ? ORDER BY at",
            arguments: [notebook.text, since.milliseconds]
        )
        .map { Warning(rule: $0[0], givenAt: Timestamp(milliseconds: $0[1])) }
        history.restarts = try Int64.fetchAll(
            db,
            sql: "SELECT at FROM restarts WHERE notebook = ? AND at > ? ORDER BY at",
            arguments: [notebook.text, (instant - Flapping.window).milliseconds]
        )
        .map { Timestamp(milliseconds: $0) }
        return history
    }

    private func actions() throws -> [RecordedAction] {
        func nearest(_ span: ActionReading.Span) throws -> [RecordedAction] {
            try ActionReading(db: db, span: span, limit: Self.nearest, notebook: notebook).actions()
        }
        return try nearest(.until(instant)).reversed() + nearest(.after(instant))
    }

    /// A hold that nobody ended lasted for as long as its daemon.
    private func holds() throws -> [HoldInForce] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT code, detail, holds.began_at FROM holds JOIN daemons ON daemons.id = holds.daemon
                WHERE holds.began_at <= ?1 AND ifnull(ended_at, last_alive_at) > ?1 ORDER BY holds.began_at
                """,
            arguments: [instant.milliseconds]
        )
        .map { HoldInForce(code: $0[0], text: $0[1], since: Timestamp(milliseconds: $0[2])) }
    }

    private func policy() throws -> RecordedPast.PolicyInForce? {
        try Row.fetchOne(
            db,
            sql: "SELECT digest, mode, at FROM policies WHERE at <= ? ORDER BY at DESC LIMIT 1",
            arguments: [instant.milliseconds]
        )
        .map { RecordedPast.PolicyInForce(digest: $0[0], mode: $0[1], since: Timestamp(milliseconds: $0[2])) }
    }

    private func isWatched() throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM daemons WHERE began_at <= ? AND last_alive_at >= ?)",
            arguments: [instant.milliseconds, (instant - LedgerReader.longestSilence).milliseconds]
        ) ?? false
    }
}
