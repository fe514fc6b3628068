// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import GRDB

/// Reads what earlier runs of the daemon left behind.
struct Recall {
    let db: Database
    /// The daemon that asks; its own open intents are no news to it.
    let daemon: Int64
    let now: Timestamp

    /// How far back marks, stops and restarts matter.
    static let horizon: Duration = .seconds(86_400)

    func memory() throws -> LedgerMemory {
        LedgerMemory(
            openIntents: try openIntents(),
            marks: try marks(),
            grants: try grants(),
            freeze: try freeze(),
            guardFreeze: try guardFreeze(),
            stops: try instants(Self.stops),
            restarts: try instants("SELECT notebook, at FROM restarts WHERE at >= ? ORDER BY at"),
            openRuns: try openRuns()
        )
    }

    private func openRuns() throws -> [NotebookID: Timestamp] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT notebook, last_alive_at FROM runs JOIN daemons ON daemons.id = runs.daemon
                WHERE ended_at IS NULL
                """
        )
        var runs: [NotebookID: Timestamp] = [:]
        while let row = try rows.next() { runs[NotebookID(row[0])] = min(Timestamp(milliseconds: row[1]), now) }
        return runs
    }

    private func openIntents() throws -> [OpenIntent] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT id, notebook, name, action, lease_duration, lease_type, decided_at FROM actions
                WHERE outcome IS NULL AND daemon <> ? ORDER BY id
                """,
            arguments: [daemon]
        )
        var intents: [OpenIntent] = []
        while let row = try rows.next() {
            guard let action = OpenIntent.Action(row) else { continue }
            intents.append(
                OpenIntent(
                    id: row["id"],
                    notebook: NotebookID(row["notebook"]),
                    name: row["name"],
                    action: action,
                    decidedAt: Timestamp(milliseconds: row["decided_at"])
                )
            )
        }
        return intents
    }

    private func marks() throws -> [NotebookID: [MarkMemory]] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT notebook, text, first_seen_at,
                    ifnull(lifted_at, max(seen_at, ifnull(last_listed_at, seen_at))) AS last_seen_at
                FROM marks JOIN daemons ON daemons.id = marks.daemon
                WHERE lifted_at IS NULL OR lifted_at >= ?
                """,
            arguments: [(now - Self.horizon).milliseconds]
        )
        var marks: [NotebookID: [MarkMemory]] = [:]
        while let row = try rows.next() {
            guard let lastSeenAt = instant(row["last_seen_at"]) else { continue }
            let firstSeenAt = min(Timestamp(milliseconds: row["first_seen_at"]), now)
            let mark = MarkSighting(text: row["text"], firstSeenAt: firstSeenAt)
            marks[NotebookID(row["notebook"]), default: []].append(MarkMemory(mark, lastSeenAt: lastSeenAt))
        }
        return marks
    }

    /// Grants far ahead of `now` were given by a clock that was wrong; they count all the same, because they only keep.
    private func grants() throws -> [NotebookID: Grant] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT * FROM grants WHERE min(ifnull(withdrawn_at, until), until) >= ? ORDER BY granted_at
                """,
            arguments: [(now - Self.horizon).milliseconds]
        )
        var grants: [NotebookID: Grant] = [:]
        while let row = try rows.next() { grants[NotebookID(row["notebook"])] = Grant(row, now: now) }
        return grants
    }

    /// Stops that were confirmed, count from then; those of which nobody knew for a while, from their decision; and those
    /// that came to nothing too, because that does not prove that no request went out.
    private static let stops = """
        SELECT notebook, CASE outcome WHEN 'confirmed' THEN ended_at ELSE decided_at END AS at FROM actions
        WHERE action = 'stop' AND ended_at >= ?
        UNION ALL SELECT notebook, decided_at AS at FROM actions WHERE action = 'stop' AND outcome IS NULL
        ORDER BY at
        """

    private func instants(_ sql: String) throws -> [NotebookID: [Timestamp]] {
        let rows = try Row.fetchCursor(db, sql: sql, arguments: [(now - Self.horizon).milliseconds])
        var instants: [NotebookID: [Timestamp]] = [:]
        while let row = try rows.next() {
            guard let at = instant(row["at"]) else { continue }
            instants[NotebookID(row["notebook"]), default: []].append(at)
        }
        return instants
    }

    /// The instant where it lies within the horizon.
    ///
    /// One that is a little ahead of `now` was written before the clock was set back, and counts as now. One far ahead
    /// was written by a clock that was wrong, and would matter for years.
    private func instant(_ milliseconds: Int64) -> Timestamp? {
        let at = Timestamp(milliseconds: milliseconds)
        guard at >= now - Self.horizon, at <= now + Self.horizon else { return nil }
        return min(at, now)
    }
}

extension Grant {
    /// Reads a row of `grants`; none was given after `now`.
    init(_ row: Row, now: Timestamp) {
        self.init(
            until: Timestamp(milliseconds: row["until"]),
            reason: row["reason"],
            by: row["operator"],
            grantedAt: min(Timestamp(milliseconds: row["granted_at"]), now),
            since: min(Timestamp(milliseconds: row["since"]), now),
            withdrawnAt: (row["withdrawn_at"] as Int64?).map { min(Timestamp(milliseconds: $0), now) }
        )
    }
}

extension OpenIntent.Action {
    /// Nil for what can have changed nothing.
    fileprivate init?(_ row: Row) {
        switch row["action"] as String {
        case "stop": self = .stop
        case "prolong":
            self = .prolong(.milliseconds(row["lease_duration"] as Int64? ?? 0), Lease.Kind(word: row["lease_type"]))
        default: return nil
        }
    }
}
