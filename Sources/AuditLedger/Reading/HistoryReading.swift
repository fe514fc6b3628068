// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import GRDB

/// Reads the recorded past of all notebooks, within one transaction.
struct HistoryReading {
    let db: Database
    let since: Timestamp
    /// The one notebook that is asked about; nil for all.
    var only: NotebookID?

    /// Narrows a query whose first argument is an instant down to the notebook that is asked about.
    private var narrowing: String { only == nil ? "" : "AND notebook = ?2" }
    private var arguments: StatementArguments {
        StatementArguments([since.milliseconds as any DatabaseValueConvertible] + (only.map { [$0.text] } ?? []))
    }

    func history() throws -> FleetHistory {
        let to =
            try Int64.fetchOne(db, sql: "SELECT max(last_alive_at) FROM daemons").map { Timestamp(milliseconds: $0) }
            ?? since
        var notebooks = try portraits(to: to)
        for (id, runs) in try runs() { notebooks[id]?.runs = runs }
        try addLooks(to: &notebooks)
        for (id, stops) in try stops() { notebooks[id]?.stops = stops }
        for (id, marks) in try marks() { notebooks[id]?.marks = marks }
        for (id, grants) in try grants() { notebooks[id]?.grants = grants }
        let first =
            try Int64.fetchOne(db, sql: "SELECT min(since) FROM notebooks").map { Timestamp(milliseconds: $0) } ?? to
        return FleetHistory(
            from: max(since, min(first, to)),
            to: to,
            notebooks: notebooks.values.sorted { $0.id.text < $1.id.text }
        )
    }

    private func portraits(to: Timestamp) throws -> [NotebookID: NotebookHistory] {
        let newest = try Int64.fetchOne(db, sql: "SELECT max(id) FROM daemons")
        var profiles: [Int64: NotebookProfile] = [:]
        var notebooks: [NotebookID: NotebookHistory] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT notebooks.notebook, since, until, notebooks.profile, status, lease_enabled, lease_type,
                    lease_created_at, lease_duration, lease_updated_at, updated_at, notebooks.daemon, last_alive_at
                FROM notebooks JOIN daemons ON daemons.id = notebooks.daemon
                WHERE (until IS NULL OR until > ?1) \(narrowing) ORDER BY notebooks.notebook, since
                """,
            arguments: arguments
        )
        while let row = try rows.next() {
            let id = NotebookID(row[0])
            guard let profile = try profile(row[3], &profiles) else { continue }
            var until = (row[2] as Int64?).map { Timestamp(milliseconds: $0) }
            // No later daemon has seen it.
            if until == nil, row[11] != newest { until = Timestamp(milliseconds: row[12]) }
            let notebook = profile.notebook(
                id,
                NotebookStatus(word: row[4]),
                LeaseReading(row, from: 5),
                updatedAt: (row[10] as Int64?).map { Timestamp(milliseconds: $0) }
            )
            let portrait = NotebookHistory.Portrait(
                since: Timestamp(milliseconds: row[1]),
                until: until,
                notebook: notebook
            )
            notebooks[id, default: NotebookHistory(id: id)].portraits.append(portrait)
        }
        return notebooks
    }

    private func profile(_ id: Int64, _ known: inout [Int64: NotebookProfile]) throws -> NotebookProfile? {
        if let profile = known[id] { return profile }
        let text = try String.fetchOne(
            db.cachedStatement(sql: "SELECT profile FROM profiles WHERE id = ?"),
            arguments: [id]
        )
        guard let text else { return nil }
        let profile = try JSONDecoder().decode(NotebookProfile.self, from: Data(text.utf8))
        known[id] = profile
        return profile
    }

    private func runs() throws -> [NotebookID: [NotebookHistory.Run]] {
        var runs: [NotebookID: [NotebookHistory.Run]] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT notebook, began_at, start_seen, ended_at FROM runs
                WHERE (ended_at IS NULL OR ended_at > ?1) \(narrowing) ORDER BY notebook, began_at
                """,
            arguments: arguments
        )
        while let row = try rows.next() {
            let run = NotebookHistory.Run(
                beganAt: Timestamp(milliseconds: row[1]),
                isStart: row[2] != 0,
                endedAt: (row[3] as Int64?).map { Timestamp(milliseconds: $0) }
            )
            runs[NotebookID(row[0]), default: []].append(run)
        }
        return runs
    }

    private func addLooks(to notebooks: inout [NotebookID: NotebookHistory]) throws {
        let subjects = try Row.fetchAll(
            db,
            sql: "SELECT id, notebook, source FROM subjects WHERE ?1 IS NOT NULL \(narrowing) ORDER BY id",
            arguments: arguments
        )
        let statement = try db.cachedStatement(
            sql: """
                SELECT first_at, last_at, state, idle_since, server_began_at, detail FROM looks
                WHERE subject = ? AND last_at > ? ORDER BY first_at
                """
        )
        for subject in subjects {
            let (id, source) = (NotebookID(subject[1]), EvidenceName(subject[2]))
            guard notebooks[id] != nil else { continue }
            var looks: [NotebookHistory.Look] = []
            let rows = try Row.fetchCursor(statement, arguments: [subject[0] as Int64, since.milliseconds])
            while let row = try rows.next() { looks.append(NotebookHistory.Look(row)) }
            if !looks.isEmpty { notebooks[id]?.looks[source] = looks }
        }
    }

    private func stops() throws -> [NotebookID: [Timestamp]] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT notebook, decided_at FROM actions
                WHERE action = 'stop' AND outcome IN ('confirmed', 'found-happened') AND ended_at >= ?1 AND decided_at >= ?1
                    \(narrowing) ORDER BY decided_at
                """,
            arguments: arguments
        )
        var stops: [NotebookID: [Timestamp]] = [:]
        while let row = try rows.next() {
            stops[NotebookID(row[0]), default: []].append(Timestamp(milliseconds: row[1]))
        }
        return stops
    }

    private func grants() throws -> [NotebookID: [Grant]] {
        var grants: [NotebookID: [Grant]] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT * FROM grants WHERE ?1 IS NOT NULL \(narrowing) ORDER BY notebook, granted_at",
            arguments: arguments
        )
        while let row = try rows.next() {
            grants[NotebookID(row["notebook"]), default: []].append(Grant(row, now: .distantFuture))
        }
        return grants
    }

    private func marks() throws -> [NotebookID: [MarkSighting]] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT notebook, text, first_seen_at FROM marks
                WHERE (lifted_at IS NULL OR lifted_at > ?1) \(narrowing) ORDER BY notebook, first_seen_at
                """,
            arguments: arguments
        )
        var marks: [NotebookID: [MarkSighting]] = [:]
        while let row = try rows.next() {
            let sighting = MarkSighting(text: row[1], firstSeenAt: Timestamp(milliseconds: row[2]))
            marks[NotebookID(row[0]), default: []].append(sighting)
        }
        return marks
    }
}

extension NotebookHistory.Look {
    /// Reads a row of `looks`: first_at, last_at, state, idle_since, server_began_at, detail.
    init(_ row: Row) {
        let detail = row[5] as String? ?? ""
        let activity: Activity =
            switch row[2] as String {
            case "active": .active
            case "idle": .idle(since: Timestamp(milliseconds: row[3] as Int64? ?? row[0]))
            default: .unknown(.cannotTell(detail))
            }
        self.init(
            firstAt: Timestamp(milliseconds: row[0]),
            lastAt: Timestamp(milliseconds: row[1]),
            activity: activity,
            serverStartedAt: (row[4] as Int64?).map { Timestamp(milliseconds: $0) },
            detail: detail
        )
    }
}
