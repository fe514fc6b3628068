// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import GRDB

extension EntryWriter {
    /// Keeps what a person did, and what follows from it for later daemons.
    func acted(_ number: Int, _ act: RecordedAct, at: Timestamp) throws {
        switch act {
        case .kept(let notebook, let grant):
            let row = ActRow(by: grant.by, "keep", notebook, until: grant.until, reason: grant.reason)
            try write(row, number, at: at)
            try granted(notebook.id, grant)
        case .released(let notebook, let person):
            try write(ActRow(by: person, "release", notebook), number, at: at)
            try grantWithdrawn(notebook.id, by: person, at: at)
        case .frozen(let freeze):
            try write(ActRow(by: freeze.by, "freeze", reason: freeze.reason), number, at: at)
            try frozen(freeze)
        case .thawed(let person):
            try write(ActRow(by: person, "thaw"), number, at: at)
            try endFreeze("hand", at: at)
        case .approved(let notebooks, let person):
            for notebook in notebooks { try write(ActRow(by: person, "approve", notebook), number, at: at) }
            if notebooks.isEmpty { try write(ActRow(by: person, "approve"), number, at: at) }
        case .reloaded(let person): try write(ActRow(by: person, "reload"), number, at: at)
        }
    }

    /// Keeps that the guard has frozen all stops; one that an earlier daemon began goes on.
    func guardFroze(due: Int, limit: Int, at: Timestamp) throws {
        try run(
            "INSERT INTO freezes (kind, since, due, allowed) VALUES ('guard', ?, ?, ?) ON CONFLICT DO NOTHING",
            [at.milliseconds, due, limit]
        )
    }

    /// Ends the freeze that stands; an entry that comes a second time finds none from before it.
    func endFreeze(_ kind: String, at: Timestamp) throws {
        try run(
            "UPDATE freezes SET ended_at = ?1 WHERE kind = ?2 AND ended_at IS NULL AND since <= ?1",
            [at.milliseconds, kind]
        )
    }

    private func frozen(_ freeze: HandFreeze) throws {
        try run(
            """
            INSERT INTO freezes (kind, since, operator, reason) VALUES ('hand', ?, ?, ?)
            ON CONFLICT (kind, since) DO UPDATE SET operator = excluded.operator, reason = excluded.reason
            ON CONFLICT (kind) WHERE ended_at IS NULL
                DO UPDATE SET operator = excluded.operator, reason = excluded.reason
            """,
            [freeze.since.milliseconds, freeze.by, freeze.reason]
        )
    }

    private func write(_ row: ActRow, _ number: Int, at: Timestamp) throws {
        try run(
            """
            INSERT INTO acts (daemon, number, at, operator, act, notebook, name, until, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            [
                daemon, number, at.milliseconds, row.person, row.act, row.notebook?.id.text, row.notebook?.name,
                row.until?.milliseconds, row.reason,
            ]
        )
    }
}

/// What differs from act to act.
private struct ActRow {
    let person: String
    let act: String
    let notebook: RecordedAct.NamedNotebook?
    let until: Timestamp?
    let reason: String?

    init(
        by person: String,
        _ act: String,
        _ notebook: RecordedAct.NamedNotebook? = nil,
        until: Timestamp? = nil,
        reason: String? = nil
    ) {
        (self.person, self.act, self.notebook) = (person, act, notebook)
        (self.until, self.reason) = (until, reason)
    }
}
