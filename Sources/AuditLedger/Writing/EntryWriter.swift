// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import GRDB

/// Puts the entries of one daemon into the tables, within a transaction that is open already.
///
/// Each entry may come twice and changes nothing the second time: a batch whose writing failed is sent again, and a full
/// disk can fail a batch that the file holds all the same. No entry can fail for what it says, or it would keep all the
/// others of its batch out for ever.
struct EntryWriter {
    let db: Database
    /// The daemon that speaks.
    let daemon: Int64

    func write(_ entries: [LedgerEntry]) throws {
        for entry in entries { try write(entry.event, at: entry.at) }
        if let last = entries.last { try noteAlive(at: last.at) }
    }

    private func write(_ event: LedgerEntry.Event, at: Timestamp) throws {
        switch event {
        case .policy(let digest, let mode): try policy(digest, mode, at: at)
        case .intent(let action, let notebook, let decision):
            try intent(action, notebook, decision, at: at)
        case .outcome(let action, _, let outcome, let calls): try self.outcome(action, outcome, calls, at: at)
        case .resolved(let intent, let resolution): try resolved(intent, resolution, at: at)
        case .runBegan(let notebook, let isStart): try runBegan(notebook, isStart: isStart, at: at)
        case .runEnded(let notebook): try runEnded(notebook, at: at)
        case .warned(let notebook, let rule, let stopAt): try warned(notebook, rule: rule, stopAt: stopAt, at: at)
        case .budgetWarned(let account, let figure): try budgetWarned(account, figure, at: at)
        case .marked(let notebook, let mark): try marked(notebook, mark, at: at)
        case .markLifted(let notebook): try markLifted(notebook, at: at)
        case .acted(let number, let act): try acted(number, act, at: at)
        case .restarted(let notebook): try restarted(notebook, at: at)
        case .holdBegan(let hold): try holdBegan(hold, at: at)
        case .holdEnded(let hold): try holdEnded(hold, at: at)
        case .seen(let notebook): try seen(notebook, at: at)
        case .vanished(let notebook): try vanished(notebook, at: at)
        case .observed(let notebook, let looks): try observed(notebook, looks)
        case .listed(let notebooks, let running): try listed(notebooks, running, at: at)
        }
    }

    /// Runs a statement that is compiled once per connection.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    private func noteAlive(at: Timestamp) throws {
        try run("UPDATE daemons SET last_alive_at = ? WHERE id = ?", [at.milliseconds, daemon])
    }

    private func listed(_ notebooks: Int, _ running: Int, at: Timestamp) throws {
        try run(
            "UPDATE daemons SET last_listed_at = ?, notebooks = ?, running = ? WHERE id = ?",
            [at.milliseconds, notebooks, running, daemon]
        )
    }

    private func policy(_ digest: String, _ mode: Policy.Mode, at: Timestamp) throws {
        try run(
            "INSERT INTO policies (daemon, at, digest, mode) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [daemon, at.milliseconds, digest, mode.rawValue]
        )
    }

    private func warned(_ notebook: Notebook, rule: String, stopAt: Timestamp, at: Timestamp) throws {
        try run(
            """
            INSERT INTO warnings (notebook, at, rule, name, stop_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            [notebook.id.text, at.milliseconds, rule, notebook.name, stopAt.milliseconds]
        )
    }

    private func budgetWarned(_ account: UsageAccount, _ figure: UsageFigure, at: Timestamp) throws {
        try run(
            """
            INSERT INTO budget_warnings (budget, grouping, member, at, figures) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            [
                account.budget.description, account.group.per.rawValue, account.group.key, at.milliseconds,
                figure.description,
            ]
        )
    }

    private func restarted(_ notebook: NotebookID, at: Timestamp) throws {
        try run(
            "INSERT INTO restarts (notebook, at) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [notebook.text, at.milliseconds]
        )
    }
}
