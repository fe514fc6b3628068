// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import GRDB

/// Finds notebooks of the past by what people call them.
struct NotebookSearch {
    let db: Database

    /// More candidates than this help nobody.
    private static let most = 50

    /// The notebook of that id; else those whose ids begin so, and those that were once called so.
    func notebooks(_ text: String) throws -> [RecordedAction.Subject] {
        if try isKnown(text) { return [try subject(text)] }
        let named = try byName(text).map { id in
            var subject = try subject(id)
            // It may be called otherwise now.
            subject.name = text
            return subject
        }
        let ids = Set(named.map(\.id))
        return named + (try byPrefix(text).map(subject)).filter { !ids.contains($0.id) }
    }

    private func isKnown(_ id: String) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM notebooks WHERE notebook = ?1)
                    OR EXISTS (SELECT 1 FROM actions WHERE notebook = ?1) OR EXISTS (SELECT 1 FROM runs WHERE notebook = ?1)
                    OR EXISTS (SELECT 1 FROM acts WHERE notebook = ?1)
                """,
            arguments: [id]
        ) ?? false
    }

    private func byPrefix(_ prefix: String) throws -> [String] {
        // The highest scalar is in no id.
        let range: StatementArguments = [prefix, prefix + "\u{10FFFF}"]
        let tables = ["notebooks", "actions", "runs", "acts"].map {
            "SELECT notebook FROM \($0) WHERE notebook >= ?1 AND notebook < ?2"
        }
        return try String.fetchAll(
            db,
            sql: "\(tables.joined(separator: " UNION ")) ORDER BY notebook LIMIT \(Self.most)",
            arguments: range
        )
    }

    private func byName(_ name: String) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT notebook FROM notebooks JOIN profiles ON profiles.id = notebooks.profile
                WHERE json_extract(profiles.profile, '$.name') = ?1
                UNION SELECT notebook FROM runs WHERE name = ?1 ORDER BY notebook LIMIT \(Self.most)
                """,
            arguments: [name]
        )
    }

    private func subject(_ id: String) throws -> RecordedAction.Subject {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT json_extract(profiles.profile, '$.name') AS name,
                    ifnull(json_extract(profiles.profile, '$.owner'), json_extract(profiles.profile, '$.ownerID')) AS owner
                FROM notebooks JOIN profiles ON profiles.id = notebooks.profile
                WHERE notebook = ? ORDER BY since DESC LIMIT 1
                """,
            arguments: [id]
        )
        return RecordedAction.Subject(id: NotebookID(id), name: row?["name"] ?? id, owner: row?["owner"])
    }
}
