// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
import GRDB

extension SQLiteLedger {
    /// An open ledger, and in what state its file was.
    package struct Opening: Sendable {
        package var ledger: SQLiteLedger
        package var state: State
    }

    /// What the ledger's file was when it was opened.
    package enum State: Sendable, Equatable {
        /// There was none: nothing is remembered, because nothing was ever recorded here.
        case created
        case found
        /// It was damaged and is kept under another name; a new one was begun, and everything is forgotten.
        ///
        /// Stops that the daemon sent shortly before are not known any more, so none should go out for a while.
        case replaced(movedTo: String, why: String)
    }

    /// Opens the ledger of a state directory, makes it when there is none, and replaces it when it is damaged.
    ///
    /// The whole file is checked first, which takes some seconds where it is large. `trouble` hears of what goes wrong while
    /// old rows are removed, which harms nobody at once. Throws `LedgerError` when the directory cannot be used, is full,
    /// or holds the ledger of a newer curfew; nothing is changed then.
    package static func open(
        under lock: StateDirectoryLock,
        now: Timestamp,
        settings: Settings = Settings(),
        trouble: @escaping @Sendable (LedgerError) -> Void = { _ in }
    ) throws -> Opening {
        let file = LedgerFile(directory: lock.directory)
        let doing = "opening the ledger \(file.path)"
        do {
            var state = State.found
            if file.isAbsent {
                state = .created
                try file.make(settings)
            } else if let damage = try file.findDamage(settings, now: now) {
                state = .replaced(movedTo: try file.moveAside(at: now), why: damage.why)
                try file.make(settings)
            }
            let queue = try file.connect(settings)
            var retention = Retention(settings)
            let daemon = try queue.inDatabase { db in
                let daemon = try beginDaemon(db, now: now, retention: &retention)
                do {
                    try retention.open(db, daemon: daemon, now: now)
                } catch {
                    // No ground to let the notebooks alone.
                    retention.giveUp()
                    trouble(LedgerError(error, doing: "removing old rows from \(file.path)"))
                }
                return daemon
            }
            let ledger = SQLiteLedger(
                file: file,
                queue: queue,
                daemon: daemon,
                lock: lock,
                retention: retention,
                trouble: trouble
            )
            return Opening(ledger: ledger, state: state)
        } catch {
            throw LedgerError(error, doing: doing)
        }
    }

    /// Enters this run of the daemon; holds of earlier ones ended with them.
    private static func beginDaemon(_ db: Database, now: Timestamp, retention: inout Retention) throws -> Int64 {
        retention.knownInstant = try Int64.fetchOne(db, sql: "SELECT max(last_alive_at) FROM daemons")
            .map { Timestamp(milliseconds: $0) }
        var daemon: Int64 = 0
        try db.inTransaction(.immediate) {
            try db.execute(
                sql: """
                    UPDATE holds SET ended_at = max(began_at, (
                        SELECT last_alive_at FROM daemons WHERE daemons.id = holds.daemon
                    )) WHERE ended_at IS NULL
                    """
            )
            try db.execute(
                sql: "INSERT INTO daemons (began_at, last_alive_at) VALUES (?, ?)",
                arguments: [now.milliseconds, now.milliseconds]
            )
            daemon = db.lastInsertedRowID
            return .commit
        }
        return daemon
    }
}
