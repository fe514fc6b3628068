// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import GRDB

/// Reads what a report is made of, one notebook after the other, within one transaction.
///
/// It holds the rows of one notebook at a time, so it needs as much memory as there are notebooks, not actions.
struct ReportReading {
    let db: Database
    let from: Timestamp
    let to: Timestamp

    private static let happened = "outcome IN ('confirmed', 'found-happened')"
    /// When a stop counts as done: once it was confirmed; one that was only found done, when it was decided.
    private static let stoppedAt = "CASE outcome WHEN 'confirmed' THEN ended_at ELSE decided_at END"

    func report(_ prices: PriceList?) throws -> UsageReport {
        // Nothing is known of what came after the last daemon's last entry.
        let known = try Int64.fetchOne(db, sql: "SELECT max(last_alive_at) FROM daemons") ?? 0
        var report = UsageReport(from: from, to: min(to, Timestamp(milliseconds: known)), prices: prices)
        for id in try notebooks() { report.add(try notebook(id, until: report.to)) }
        return report
    }

    /// The notebooks that have something to do with the time.
    private func notebooks() throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT notebook FROM runs WHERE (ended_at IS NULL OR ended_at > ?1) AND began_at < ?2
                UNION SELECT notebook FROM actions WHERE ended_at > ?1 AND decided_at < ?2 ORDER BY notebook
                """,
            arguments: [horizon, to.milliseconds]
        )
    }

    private var horizon: Int64 { (from - UsageReport.reach).milliseconds }

    private func notebook(_ id: String, until end: Timestamp) throws -> ReportedNotebook {
        var notebook = ReportedNotebook(id: NotebookID(id))
        notebook.runs = try runs(of: id)
        notebook.stops = try stops(of: id)
        notebook.renewals = try renewals(of: id, notebook.runs.map(\.run.began), until: end)
        notebook.looks = try looks(of: id, until: end)
        if !notebook.stops.isEmpty { notebook.goneAt = try goneAt(id) }
        return notebook
    }

    /// The runs that reach into the time, and those that end what a stop before it saved.
    private func runs(of id: String) throws -> [ReportedNotebook.Run] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT owner, owner_id, flavor, workspace, runs.began_at, ended_at, start_seen, last_alive_at, (
                    SELECT rule FROM (
                        SELECT * FROM (
                            SELECT rule, decided_at AS at FROM actions WHERE notebook = ?1 AND \(Self.happened)
                                AND decided_at BETWEEN runs.began_at AND ifnull(runs.ended_at, last_alive_at)
                            ORDER BY decided_at DESC LIMIT 1
                        ) UNION ALL SELECT * FROM (
                            SELECT rule, at FROM warnings WHERE notebook = ?1
                                AND at BETWEEN runs.began_at AND ifnull(runs.ended_at, last_alive_at)
                            ORDER BY at DESC LIMIT 1
                        )
                    ) ORDER BY at DESC LIMIT 1
                ) AS rule
                FROM runs JOIN daemons ON daemons.id = runs.daemon
                WHERE notebook = ?1 AND (ended_at IS NULL OR ended_at > ?2) ORDER BY runs.began_at
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [id, horizon])
        var runs: [ReportedNotebook.Run] = []
        while let row = try rows.next() {
            let end: UsageRun.End =
                (row[5] as Int64?).map { .ended(Timestamp(milliseconds: $0)) }
                ?? .lastSeen(Timestamp(milliseconds: row[7]))
            let owner = Notebook.Owner(name: row[0], id: row[1])
            let run = UsageRun(
                notebook: NotebookID(id),
                traits: RunTraits(owner: owner, flavor: row[2], workspace: row[3]),
                began: Timestamp(milliseconds: row[4]),
                end: end
            )
            runs.append(ReportedNotebook.Run(run, isStart: row[6] != 0, rule: row[8]))
        }
        return runs
    }

    private func stops(of id: String) throws -> [ReportedNotebook.Stop] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(Self.stoppedAt) AS at, rule, outcome, last_alive_at, (
                    SELECT CASE lease_enabled WHEN 1 THEN lease_created_at + lease_duration END FROM notebooks
                    WHERE notebook = ?1 AND since <= decided_at ORDER BY since DESC LIMIT 1
                ) AS lease_end
                FROM actions JOIN daemons ON daemons.id = actions.daemon
                WHERE notebook = ?1 AND action = 'stop' AND \(Self.happened) AND decided_at > ?2 ORDER BY at
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [id, horizon])
        var stops: [ReportedNotebook.Stop] = []
        while let row = try rows.next() {
            let stop = ReportedNotebook.Stop(
                at: Timestamp(milliseconds: row[0]),
                rule: row[1],
                isConfirmed: row[2] == "confirmed",
                leaseEnd: (row[4] as Int64?).map { Timestamp(milliseconds: $0) },
                watchedUntil: Timestamp(milliseconds: row[3])
            )
            stops.append(stop)
        }
        return stops
    }

    /// The renewals within the time, each for the run that it fell into.
    private func renewals(
        of id: String,
        _ beginnings: [Timestamp],
        until end: Timestamp
    ) throws -> [ReportedNotebook.Renewals] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT rule, count(*) FROM actions
                WHERE notebook = ?1 AND action = 'prolong' AND \(Self.happened) AND decided_at >= ?2 AND decided_at < ?3
                GROUP BY rule ORDER BY rule
                """
        )
        var renewals: [ReportedNotebook.Renewals] = []
        for index in -1..<beginnings.count {
            // What came before the first run that is known belongs to none.
            let (first, last) = (from + .milliseconds(1), end + .milliseconds(1))
            let start = max(index < 0 ? first : beginnings[index], first)
            let next = min(index + 1 < beginnings.count ? beginnings[index + 1] : last, last)
            guard start < next else { continue }
            let arguments: StatementArguments = [id, start.milliseconds, next.milliseconds]
            let rows = try Row.fetchCursor(statement, arguments: arguments)
            while let row = try rows.next() {
                renewals.append(.init(run: index < 0 ? nil : index, rule: row[0], count: row[1]))
            }
        }
        return renewals
    }

    private func looks(of id: String, until end: Timestamp) throws -> [EvidenceName: [NotebookHistory.Look]] {
        let subjects = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT id, source FROM subjects WHERE notebook = ?"),
            arguments: [id]
        )
        let statement = try db.cachedStatement(
            sql: """
                SELECT first_at, last_at, state, idle_since, server_began_at, NULL FROM looks
                WHERE subject = ?1 AND last_at > ?2 AND (first_at < ?3 OR idle_since < ?3) ORDER BY first_at
                """
        )
        var looks: [EvidenceName: [NotebookHistory.Look]] = [:]
        for subject in subjects {
            let arguments: StatementArguments = [subject[0] as Int64, from.milliseconds, end.milliseconds]
            let rows = try Row.fetchCursor(statement, arguments: arguments)
            while let row = try rows.next() {
                looks[EvidenceName(subject[1]), default: []].append(NotebookHistory.Look(row))
            }
        }
        return looks
    }

    /// When a notebook was gone that no daemon sees any more.
    private func goneAt(_ id: String) throws -> Timestamp? {
        let statement = try db.cachedStatement(
            sql: "SELECT CASE WHEN sum(until IS NULL) = 0 THEN max(until) END FROM notebooks WHERE notebook = ?"
        )
        return try Int64.fetchOne(statement, arguments: [id]).map { Timestamp(milliseconds: $0) }
    }
}
