// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
package import CurfewEngine
import GRDB
import Synchronization

/// The ledger in an SQLite file of the state directory.
///
/// It has one connection with one queue, so entries are written in the order in which they come. Each batch is one
/// transaction that is on the disk before `record` returns (WAL with `synchronous=FULL`).
package final class SQLiteLedger: Ledger {
    /// The name of the file in the state directory.
    package static let fileName = "curfew.sqlite"

    /// The file, for messages.
    package var path: String { file.path }
    private let file: LedgerFile
    private let queue: DatabaseQueue
    /// This run of the daemon.
    private let daemon: Int64
    /// Nobody else may open the file for as long as this lives.
    private let lock: Mutex<StateDirectoryLock?>
    private let retention: Mutex<Retention>
    private let trouble: @Sendable (LedgerError) -> Void

    init(
        file: LedgerFile,
        queue: DatabaseQueue,
        daemon: Int64,
        lock: StateDirectoryLock,
        retention: Retention,
        trouble: @escaping @Sendable (LedgerError) -> Void
    ) {
        self.file = file
        self.queue = queue
        self.daemon = daemon
        self.lock = Mutex(lock)
        self.retention = Mutex(retention)
        self.trouble = trouble
    }

    /// Keeps the entries in order, all or none, durable when it returns.
    ///
    /// Throws `LedgerError`. The cancellation of the task is no ground to give up: what was decided last is kept too.
    package func record(_ entries: [LedgerEntry]) async throws {
        guard !entries.isEmpty else { return }
        let doing = "recording \(entries.count) entries in \(path)"
        try await perform(doing: doing) { [daemon] db in
            try db.inTransaction(.immediate) {
                try EntryWriter(db: db, daemon: daemon).write(entries)
                return .commit
            }
        } afterwards: { [self] db in
            tidy(db, after: entries)
        }
    }

    /// What earlier runs of the daemon left behind; throws `LedgerError`.
    package func recall(now: Timestamp) async throws -> LedgerMemory {
        try await perform(doing: "reading \(path)") { [daemon] db in
            var memory = LedgerMemory()
            try db.inTransaction(.deferred) {
                memory = try Recall(db: db, daemon: daemon, now: now).memory()
                return .commit
            }
            return memory
        }
    }

    /// Who has used how much since an instant; throws `LedgerError`.
    package func usage(since: Timestamp) async throws -> UsageMemory {
        try await perform(doing: "reading the runs in \(path)") { [daemon] db in
            var memory = UsageMemory()
            try db.inTransaction(.deferred) {
                memory = try UsageRecall(db: db, daemon: daemon, since: since).memory()
                return .commit
            }
            return memory
        }
    }

    /// Closes the file, with everything in it and no journal beside it; nothing can be recorded afterwards.
    ///
    /// The ledger also lets go of the lock.
    package func close() throws {
        do {
            try queue.close()
            lock.withLock { $0 = nil }
        } catch {
            throw LedgerError(error, doing: "closing \(path)")
        }
    }

    /// Runs `body` on the connection's queue, and `afterwards` when the caller has gone on already.
    private func perform<Value: Sendable>(
        doing: String,
        _ body: @escaping @Sendable (Database) throws -> Value,
        afterwards: @escaping @Sendable (Database) -> Void = { _ in }
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.asyncWriteWithoutTransaction { [file] db in
                let result = Result {
                    // Left open only where a failing disk kept even the rollback from working.
                    if db.isInsideTransaction { try db.rollback() }
                    return try body(db)
                }.mapError { LedgerError($0, doing: doing) }
                if case .failure(let error) = result, error.kind == .damaged { file.noteDamage() }
                continuation.resume(with: result)
                if case .success = result { afterwards(db) }
            }
        }
    }

    /// Removes a little of what is too old or too much.
    private func tidy(_ db: Database, after entries: [LedgerEntry]) {
        let failure = retention.withLock { retention -> LedgerError? in
            do {
                try retention.step(db, after: entries)
                return nil
            } catch {
                retention.giveUp()
                return LedgerError(error, doing: "removing old rows from \(path)")
            }
        }
        guard let failure else { return }
        if failure.kind == .damaged { file.noteDamage() }
        trouble(failure)
    }
}
