// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import GRDB

/// Reads who has used how much since an instant.
struct UsageRecall {
    let db: Database
    /// The daemon that asks; the runs that it has seen go on.
    let daemon: Int64
    let since: Timestamp

    func memory() throws -> UsageMemory {
        UsageMemory(runs: try runs(), warnings: try warnings())
    }

    /// A run that another daemon left open counts for as long as that one was alive: nothing else was seen.
    private func runs() throws -> [UsageRun] {
        let columns = """
            SELECT notebook, owner, owner_id, flavor, workspace, runs.began_at, ended_at, daemon, last_alive_at
            FROM runs JOIN daemons ON daemons.id = runs.daemon
            """
        // Two halves, each of which has its index.
        let rows = try Row.fetchCursor(
            db,
            sql: "\(columns) WHERE ended_at >= ? UNION ALL \(columns) WHERE ended_at IS NULL",
            arguments: [since.milliseconds]
        )
        var runs: [UsageRun] = []
        while let row = try rows.next() {
            let end: UsageRun.End
            if let ended = row[6] as Int64? {
                end = .ended(Timestamp(milliseconds: ended))
            } else if row[7] == daemon {
                end = .ongoing
            } else {
                end = .lastSeen(Timestamp(milliseconds: row[8]))
            }
            let owner = Notebook.Owner(name: row[1], id: row[2])
            runs.append(
                UsageRun(
                    notebook: NotebookID(row[0]),
                    traits: RunTraits(owner: owner, flavor: row[3], workspace: row[4]),
                    began: Timestamp(milliseconds: row[5]),
                    end: end
                )
            )
        }
        return runs
    }

    private func warnings() throws -> [BudgetWarning] {
        try Row.fetchAll(
            db,
            sql: "SELECT budget, grouping, member, at FROM budget_warnings WHERE at >= ? ORDER BY at",
            arguments: [since.milliseconds]
        )
        .compactMap { row in
            guard let per = UsageBudget.Grouping(rawValue: row[1]) else { return nil }
            let group = UsageGroup(per: per, key: row[2])
            return BudgetWarning(budget: row[0], group: group, at: Timestamp(milliseconds: row[3]))
        }
    }
}
