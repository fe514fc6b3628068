// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import GRDB

extension Recall {
    /// The freeze by hand that nobody has ended, however long ago it began.
    func freeze() throws -> HandFreeze? {
        try standing("hand").map { row in
            HandFreeze(by: row["operator"] ?? "", since: Timestamp(milliseconds: row["since"]), reason: row["reason"])
        }
    }

    /// The freeze of the guard that nobody has approved, however long ago it began.
    func guardFreeze() throws -> GuardFreeze? {
        try standing("guard").map { row in
            GuardFreeze(
                due: row["due"] ?? 0,
                limit: row["allowed"] ?? 0,
                since: Timestamp(milliseconds: row["since"])
            )
        }
    }

    private func standing(_ kind: String) throws -> Row? {
        try Row.fetchOne(db, sql: "SELECT * FROM freezes WHERE kind = ? AND ended_at IS NULL", arguments: [kind])
    }
}
