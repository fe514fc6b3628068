// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
private import FoundationEssentials
import GRDB

/// Reads the ledger of a state directory, also while a daemon writes it: it takes no lock, and changes nothing.
package struct LedgerReader: Sendable {
    private let queue: DatabaseQueue
    private let path: String

    /// Opens the ledger of a directory.
    ///
    /// A reader that may not write there can read while the daemon runs, by the index that lies beside the file then; and
    /// when the daemon has ended in order, because nothing changes the file. Throws `LedgerError`.
    package init(directory: String) throws {
        let file = LedgerFile(directory: directory)
        path = file.path
        let doing = "reading the ledger \(file.path)"
        switch FileKind(at: file.path) {
        case .file: break
        case .missing:
            let next = "name the daemon's state directory with --state-dir, as a user who may read it"
            throw LedgerError(.notUsable, doing: doing, explanation: "there is none, or it is out of sight; \(next)")
        case .directory, .other:
            throw LedgerError(.notUsable, doing: doing, explanation: "it is no ordinary file")
        }
        let settings = SQLiteLedger.Settings()
        do {
            do {
                queue = try Self.open(file.path, settings)
            } catch let error as DatabaseError where Self.wantsToWrite(error) && !file.hasJournal {
                queue = try Self.open(file.unchangingAddress, settings)
            }
            try queue.read { try Self.check($0, doing: doing) }
        } catch {
            throw LedgerError(readError: error, doing: doing)
        }
    }

    /// What was recorded of all notebooks from `since` until the last that is recorded.
    package func history(since: Timestamp) throws -> FleetHistory {
        try read { try HistoryReading(db: $0, since: since).history() }
    }

    /// Reads within one transaction; whatever fails is told as the ledger's error.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try queue.read(body)
        } catch {
            throw LedgerError(readError: error, doing: "reading the ledger \(path)")
        }
    }

    /// What was done since an instant, newest first and at most `limit`, to one notebook or to all.
    package func actions(
        since: Timestamp,
        limit: Int,
        of notebook: NotebookID? = nil
    ) async throws -> [RecordedAction] {
        try await readAside {
            try ActionReading(db: $0, span: .since(since), limit: limit, notebook: notebook).actions()
        }
    }

    /// The notebooks that the text may mean: an id, the beginning of ids, or a name.
    package func notebooks(called text: String) throws -> [RecordedAction.Subject] {
        try read { try NotebookSearch(db: $0).notebooks(text) }
    }

    /// The same, for callers that must not be held up.
    package func notebooks(called text: String) async throws -> [RecordedAction.Subject] {
        try await readAside { try NotebookSearch(db: $0).notebooks(text) }
    }

    /// Who ran how much from `from` to `to`, and what stops saved.
    package func report(from: Timestamp, to: Timestamp, prices: PriceList?) async throws -> UsageReport {
        try await readAside { try ReportReading(db: $0, from: from, to: to).report(prices) }
    }

    /// Reads on the connection's own queue, so that nobody else waits; ends in the middle when the task is cancelled.
    ///
    /// Throws `LedgerError`, or `CancellationError`.
    private func readAside<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await queue.read(body)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw LedgerError(readError: error, doing: "reading the ledger \(path)")
        }
    }

    /// Whether SQLite would have made the index beside the file, and may not.
    private static func wantsToWrite(_ error: DatabaseError) -> Bool {
        [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
    }

    private static func open(_ path: String, _ settings: SQLiteLedger.Settings) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(path: path, configuration: LedgerConnection.readOnly(settings))
        // What keeps it from being read is found only by reading.
        _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
        return queue
    }

    private static func check(_ db: Database, doing: String) throws {
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
        guard application == LedgerSchema.applicationID else {
            throw LedgerError(.notUsable, doing: doing, explanation: "it is a database, but no ledger of curfew")
        }
        let known = Set(LedgerSchema.migrator.migrations)
        let applied = try LedgerSchema.migrator.appliedIdentifiers(db)
        guard applied.isSuperset(of: known) else {
            let next = "start this version's daemon once, which brings it up to date"
            throw LedgerError(.notUsable, doing: doing, explanation: "an older curfew wrote it; \(next)")
        }
        guard applied == known else {
            let next = "use the program of that version"
            throw LedgerError(.newer, doing: doing, explanation: "a newer curfew wrote it; \(next)")
        }
    }
}

extension LedgerFile {
    /// Whether transactions may lie beside the file.
    fileprivate var hasJournal: Bool { FileKind(at: path + "-wal") != .missing }

    /// The file as one that nothing changes while it is read (https://www.sqlite.org/uri.html, `immutable`).
    fileprivate var unchangingAddress: String { URL(filePath: path).absoluteString + "?immutable=1" }
}

extension LedgerError {
    /// Sorts what SQLite said to a reader.
    fileprivate init(readError error: any Error, doing: String) {
        guard let error = error as? DatabaseError else {
            self.init(error, doing: doing)
            return
        }
        switch error.resultCode {
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            let next = "read it as root or as the daemon's user"
            self.init(.notUsable, doing: doing, explanation: "it cannot be read (\(error.said)); \(next)")
        default: self.init(error as any Error, doing: doing)
        }
    }
}
