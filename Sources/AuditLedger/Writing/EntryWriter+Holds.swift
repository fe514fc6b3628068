// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import GRDB

extension EntryWriter {
    /// Begins a hold, or tells more of the one of its kind that lasts.
    func holdBegan(_ hold: Hold, at: Timestamp) throws {
        try run(
            """
            INSERT INTO holds (daemon, code, began_at, detail) VALUES (?, ?, ?, ?)
            ON CONFLICT (daemon, code, began_at) DO NOTHING
            ON CONFLICT (daemon, code) WHERE ended_at IS NULL DO UPDATE SET detail = excluded.detail
            """,
            [daemon, hold.code, at.milliseconds, hold.description]
        )
        if case .tooManyStops(let due, let limit) = hold { try guardFroze(due: due, limit: limit, at: at) }
    }

    func holdEnded(_ hold: Hold, at: Timestamp) throws {
        try run(
            """
            UPDATE holds SET ended_at = max(?1, began_at)
            WHERE daemon = ?2 AND code = ?3 AND ended_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM holds AS known WHERE known.daemon = ?2 AND known.code = ?3
                    AND known.ended_at = ?1)
            """,
            [at.milliseconds, daemon, hold.code]
        )
        if case .tooManyStops = hold { try endFreeze("guard", at: at) }
    }
}
