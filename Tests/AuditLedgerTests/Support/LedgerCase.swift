// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import GRDB
import TestSupport
import Testing

let noon = SampleDecision.noon

extension Duration {
    static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
    static func hours(_ count: Int) -> Duration { .seconds(count * 3_600) }
    static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}

/// A state directory, in which one daemon after the other lives.
final class LedgerCase: Sendable {
    let directory: URL

    init(_ directory: URL) {
        self.directory = directory
    }

    var path: String { directory.appending(path: SQLiteLedger.fileName).path() }

    /// The names of all files, sorted.
    var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: directory.path()).sorted() }
    }

    /// The files of the damaged ledger, but for what SQLite keeps beside it.
    var movedAside: [String] {
        get throws {
            try files.filter {
                $0.hasPrefix("curfew.sqlite.corrupt-") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm")
            }
        }
    }

    /// Starts a daemon; it ends when the opening is let go.
    func start(
        at now: Timestamp = noon,
        _ settings: SQLiteLedger.Settings = SQLiteLedger.Settings()
    ) throws -> SQLiteLedger.Opening {
        try SQLiteLedger.open(
            under: StateDirectoryLock(directory: directory.path(), now: now),
            now: now,
            settings: settings,
            trouble: { Issue.record("\($0)") }
        )
    }

    /// Lets a daemon record the entries and end.
    func daemon(
        at now: Timestamp = noon,
        _ settings: SQLiteLedger.Settings = SQLiteLedger.Settings(),
        records entries: [LedgerEntry] = []
    ) async throws {
        let ledger = try start(at: now, settings).ledger
        try await ledger.record(entries)
        try ledger.close()
    }

    /// What a daemon that starts now would remember.
    func memory(at now: Timestamp = noon) async throws -> LedgerMemory {
        let ledger = try start(at: now).ledger
        defer { withExtendedLifetime(ledger) {} }
        return try await ledger.recall(now: now)
    }

    /// Asks the file, as `sqlite3` would.
    func rows(_ sql: String) throws -> [Row] {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration).read { try Row.fetchAll($0, sql: sql) }
    }

    func count(_ table: String, where condition: String = "TRUE") throws -> Int {
        try #require(try rows("SELECT count(*) FROM \(table) WHERE \(condition)").first?[0] as Int?)
    }

    /// Changes the file, as `sqlite3` would.
    func change(_ sql: String) throws {
        try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) }
    }
}

/// Runs `body` with a state directory of its own.
func withLedger<Result>(_ body: (LedgerCase) async throws -> Result) async throws -> Result {
    try await withTemporaryFolder { try await body(LedgerCase($0)) }
}

/// Entries for one notebook, by what a test is about.
enum Entry {
    static func notebook(_ id: String) -> Notebook { SampleDecision.notebook(id) }

    static func stop(_ number: Int, _ id: String = "a", at: Timestamp = noon) -> LedgerEntry {
        let notebook = notebook(id)
        return LedgerEntry(at: at, .intent(action: number, notebook, SampleDecision.stop(notebook)))
    }

    static func prolong(_ number: Int, _ id: String = "a", at: Timestamp = noon) -> LedgerEntry {
        let notebook = notebook(id)
        return LedgerEntry(at: at, .intent(action: number, notebook, SampleDecision.prolong(notebook)))
    }

    static func outcome(
        _ number: Int,
        _ id: String = "a",
        _ outcome: ActionAttempt.Outcome = .confirmed,
        at: Timestamp = noon
    ) -> LedgerEntry {
        LedgerEntry(at: at, .outcome(action: number, notebook(id), outcome))
    }

    static func began(_ id: String = "a", isStart: Bool, at: Timestamp = noon) -> LedgerEntry {
        LedgerEntry(at: at, .runBegan(notebook(id), isStart: isStart))
    }

    static func ended(_ id: String = "a", at: Timestamp = noon) -> LedgerEntry {
        LedgerEntry(at: at, .runEnded(NotebookID(id)))
    }

    static func marked(
        _ id: String = "a",
        _ text: String = "true",
        firstSeen: Timestamp = noon,
        at: Timestamp = noon
    ) -> LedgerEntry {
        LedgerEntry(at: at, .marked(NotebookID(id), MarkSighting(text: text, firstSeenAt: firstSeen)))
    }

    static func lifted(_ id: String = "a", at: Timestamp = noon) -> LedgerEntry {
        LedgerEntry(at: at, .markLifted(NotebookID(id)))
    }

    static func listed(_ at: Timestamp = noon) -> LedgerEntry {
        LedgerEntry(at: at, .listed(notebooks: 3, running: 2))
    }
}
