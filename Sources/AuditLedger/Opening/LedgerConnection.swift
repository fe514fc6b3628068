// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import GRDB

/// How a connection to the ledger is set up.
enum LedgerConnection {
    /// The largest journal that is left after a checkpoint, in bytes.
    static let journalLimit = 16 << 20

    /// For looking at a file whose soundness is not known yet.
    static func readOnly(_ settings: SQLiteLedger.Settings) -> Configuration {
        var configuration = basic(settings)
        configuration.readonly = true
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF")
        }
        return configuration
    }

    /// For recording.
    static func writing(_ settings: SQLiteLedger.Settings) -> Configuration {
        var configuration = basic(settings)
        configuration.prepareDatabase { db in
            // Heard only while the file is empty, which it no longer is once it has a write-ahead log.
            try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
            guard mode == "wal" else {
                throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: "no write-ahead log here")
            }
            // A transaction is on the disk before it counts as committed; a checkpoint moves some 4 MB at most, unless a
            // reader was in the way for long.
            try db.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA wal_autocheckpoint = 1000;
                    PRAGMA journal_size_limit = \(journalLimit);
                    PRAGMA cell_size_check = ON;
                    PRAGMA trusted_schema = OFF
                    """
            )
        }
        return configuration
    }

    private static func basic(_ settings: SQLiteLedger.Settings) -> Configuration {
        var configuration = Configuration()
        configuration.label = "ledger"
        // Otherwise GRDB ends the process over a transaction whose end failed; `SQLiteLedger` rolls it back instead.
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(Double(settings.busyTimeout.wholeMilliseconds) / 1_000)
        return configuration
    }
}
