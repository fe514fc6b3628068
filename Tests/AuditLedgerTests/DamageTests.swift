// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import GRDB
import TestSupport
import Testing

/// What becomes of a ledger whose file is not what it should be: moved aside, never lost, never trusted.
@Suite(.timeLimit(.minutes(20)))
struct DamageTests {
    private func fill(_ ledger: LedgerCase, actions: Int = 120) async throws {
        let numbers = 1...actions
        let entries = numbers.flatMap { number -> [LedgerEntry] in
            let id = "n\(number)"
            let open = [Entry.stop(number, id), Entry.began(id, isStart: true), Entry.marked(id)]
            return number.isMultiple(of: 2) ? open : open + [Entry.outcome(number, id), Entry.ended(id)]
        }
        try await ledger.daemon(records: entries + [Entry.listed()])
    }

    /// Opens the ledger and checks that it was replaced and its bytes are kept.
    private func expectReplaced(_ ledger: LedgerCase, _ what: Comment) async throws {
        let bytes = try? Data(contentsOf: URL(filePath: ledger.path))
        let opening = try ledger.start(at: noon + .hours(1))
        guard case .replaced(let target, let why) = opening.state else {
            Issue.record("opened as \(opening.state): \(what)")
            return
        }
        #expect(!why.isEmpty, what)
        #expect(target.hasPrefix("\(ledger.path).corrupt-20261120T130000Z"), what)
        #expect((try? Data(contentsOf: URL(filePath: target))) == bytes, what)
        // The new one works.
        #expect(try await opening.ledger.recall(now: noon) == LedgerMemory())
        try await opening.ledger.record([Entry.stop(1)])
        try opening.ledger.close()
        #expect(try ledger.count("actions") == 1, what)
    }

    @Test func `I8: a file cut off anywhere is replaced`() async throws {
        try await withLedger { original in
            try await fill(original)
            let whole = try Data(contentsOf: URL(filePath: original.path))
            let cuts = [0, 1, 15, 16, 99, 100, 511, 512, 4_095, 4_096, 4_097, whole.count / 2, whole.count - 4_096]
            for cut in cuts {
                try await withLedger { ledger in
                    try whole.prefix(cut).write(to: URL(filePath: ledger.path))
                    try await expectReplaced(ledger, "cut at \(cut) of \(whole.count)")
                }
            }
        }
    }

    @Test func `I8: flipped bits never crash and never pass for another memory`() async throws {
        try await withLedger { original in
            try await fill(original)
            let whole = try Data(contentsOf: URL(filePath: original.path))
            let sound = try await memory(of: whole)
            var random = SeededGenerator(seed: 26)
            var replaced = 0
            for round in 0..<60 {
                var bytes = whole
                let flips = random.integer(1...40)
                for _ in 0..<flips {
                    bytes[random.integer(0...whole.count - 1)] ^= UInt8(1 << random.integer(0...7))
                }
                try await withLedger { ledger in
                    try bytes.write(to: URL(filePath: ledger.path))
                    let opening = try ledger.start()
                    let memory = try await opening.ledger.recall(now: noon)
                    if case .replaced = opening.state {
                        replaced += 1
                        #expect(try ledger.movedAside.count == 1)
                        #expect(memory == LedgerMemory())
                    } else {
                        // A value that is another one is nothing that a database can tell; but no flip may cost more.
                        let intents = abs(memory.openIntents.count - sound.openIntents.count)
                        let runs = abs(memory.openRuns.count - sound.openRuns.count)
                        #expect(max(intents, runs) <= flips, "round \(round)")
                    }
                    try await opening.ledger.record([Entry.stop(9_999, "new")])
                }
            }
            #expect(replaced > 20)
        }
    }

    private func memory(of bytes: Data) async throws -> LedgerMemory {
        try await withLedger { ledger in
            try bytes.write(to: URL(filePath: ledger.path))
            return try await ledger.memory()
        }
    }

    @Test(arguments: [0x00, 0x55, 0xFF] as [UInt8])
    func `a page that is overwritten is found, whichever it is`(_ byte: UInt8) async throws {
        try await withLedger { original in
            try await fill(original)
            let whole = try Data(contentsOf: URL(filePath: original.path))
            for page in 0..<whole.count / 4_096 where page != 1 {
                var bytes = whole
                bytes.replaceSubrange(page * 4_096..<(page + 1) * 4_096, with: Data(repeating: byte, count: 4_096))
                try await withLedger { ledger in
                    try bytes.write(to: URL(filePath: ledger.path))
                    try await expectReplaced(ledger, "page \(page) of \(byte)")
                }
            }
        }
    }

    @Test func `garbage, a directory and another program's database are moved aside whole`() async throws {
        try await withLedger { ledger in
            var random = SeededGenerator(seed: 7)
            let garbage = Data((0..<20_000).map { _ in UInt8(truncatingIfNeeded: random.next()) })
            try garbage.write(to: URL(filePath: ledger.path))
            try await expectReplaced(ledger, "garbage")
        }
        try await withLedger { ledger in
            let inside = "\(ledger.path)/something"
            try FileManager.default.createDirectory(atPath: ledger.path, withIntermediateDirectories: false)
            try Data("kept".utf8).write(to: URL(filePath: inside))
            try await expectReplaced(ledger, "a directory")
            let aside = try #require(try ledger.movedAside.first)
            #expect(try Data(contentsOf: ledger.directory.appending(path: "\(aside)/something")) == Data("kept".utf8))
        }
        try await withLedger { ledger in
            try ledger.change("CREATE TABLE theirs (id INTEGER); INSERT INTO theirs VALUES (1)")
            try await expectReplaced(ledger, "another program's database")
        }
    }

    @Test(arguments: [
        "DROP TABLE marks", "DROP INDEX runs_open", "ALTER TABLE actions DROP COLUMN detail",
        "DROP TABLE grdb_migrations", "DELETE FROM grdb_migrations",
        "UPDATE grdb_migrations SET identifier = '1 ruins' WHERE identifier LIKE '1 %'", "PRAGMA application_id = 7",
    ])
    func `a table, an index, a column or the ledger's own mark that is missing is damage`(_ change: String) async throws
    {
        try await withLedger { ledger in
            try await fill(ledger, actions: 4)
            try ledger.change(change)
            try await expectReplaced(ledger, "\(change)")
        }
    }

    @Test func `a ledger of a newer curfew is refused with its name, and left as it is`() async throws {
        try await withLedger { ledger in
            try await fill(ledger, actions: 4)
            try ledger.change("INSERT INTO grdb_migrations VALUES ('2 something new'); CREATE TABLE more (id INTEGER)")
            let before = try Data(contentsOf: URL(filePath: ledger.path))
            let error = #expect(throws: LedgerError.self) { try ledger.start() }
            #expect(error?.kind == .newer)
            #expect(error?.description.contains("2 something new") == true)
            #expect(try Data(contentsOf: URL(filePath: ledger.path)) == before)
            #expect(try ledger.movedAside.isEmpty)
        }
    }

    @Test(arguments: [Int.max, 0])
    func `a ledger of an older curfew is brought up to date, however large it is`(_ wholeCheck: Int) async throws {
        try await withLedger { ledger in
            try await fill(ledger, actions: 4)
            try ledger.change(
                """
                DROP TABLE acts; DROP TABLE freezes;
                ALTER TABLE actions DROP COLUMN sent_at; ALTER TABLE actions DROP COLUMN sendings;
                DELETE FROM grdb_migrations WHERE identifier IN ('5 acts', '6 calls')
                """
            )
            let opening = try ledger.start(.init(largestWholeCheck: wholeCheck))
            #expect(try ledger.count("actions") == 4)
            #expect(try ledger.count("freezes") == 0)
            #expect(try ledger.movedAside.isEmpty)
            withExtendedLifetime(opening) {}
        }
    }

    @Test func `a journal without its file is kept, not applied and not deleted`() async throws {
        try await withLedger { ledger in
            let open = try ledger.start().ledger
            try await open.record([Entry.stop(1)])
            let journal = try Data(contentsOf: URL(filePath: ledger.path + "-wal"))
            #expect(!journal.isEmpty)
            try await withLedger { other in
                try journal.write(to: URL(filePath: other.path + "-wal"))
                try await expectReplaced(other, "a journal alone")
                let kept = try #require(try other.files.first { $0.hasSuffix("-wal") && $0.contains("corrupt") })
                #expect(try Data(contentsOf: other.directory.appending(path: kept)) == journal)
            }
        }
    }

    @Test func `a second damaged file of the same second is kept beside the first`() async throws {
        try await withLedger { ledger in
            for text in ["first", "second", "third"] {
                try Data(text.utf8).write(to: URL(filePath: ledger.path))
                #expect(try ledger.start().state != .found)
            }
            let texts = try ledger.movedAside.map {
                try String(contentsOf: ledger.directory.appending(path: $0), encoding: .utf8)
            }
            #expect(texts.sorted() == ["first", "second", "third"])
        }
    }

    @Test func `what a daemon left of a ledger that it was making is no ledger and no damage`() async throws {
        try await withLedger { ledger in
            try Data("half".utf8).write(to: URL(filePath: ledger.path + ".new"))
            #expect(try ledger.start().state == .created)
            #expect(try ledger.files.filter { $0.contains(".new") || $0.contains("corrupt") }.isEmpty)
        }
    }

    @Test func `damage that is found only in use fails the batch, and the next start replaces the file`() async throws {
        try await withLedger { ledger in
            try await fill(ledger)
            let open = try ledger.start().ledger
            let pages = try ledger.rows("SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'runs'").map {
                $0[0] as Int
            }
            let sound = try Data(contentsOf: URL(filePath: ledger.path))
            func write(_ content: (Range<Int>) -> Data) throws {
                let handle = try FileHandle(forUpdating: URL(filePath: ledger.path))
                for page in pages {
                    try handle.seek(toOffset: UInt64((page - 1) * 4_096))
                    try handle.write(contentsOf: content((page - 1) * 4_096..<page * 4_096))
                }
                try handle.close()
            }
            try write { _ in Data(repeating: 0xFF, count: 4_096) }
            let error = await #expect(throws: LedgerError.self) {
                try await open.record([Entry.began("z", isStart: true)])
            }
            #expect(error?.kind == .damaged)
            #expect(error?.description.contains("restart curfew") == true)
            // Bad memory or a bad cable: the next reading may find nothing.
            try write { sound.subdata(in: $0) }
            try open.close()
            guard case .replaced = try ledger.start().state else {
                Issue.record("the damaged file was opened again")
                return
            }
            #expect(try ledger.start().state == .found)
        }
    }

    @Test(arguments: [0, 1 << 30])
    func `I8: a run that is open in the table and not in its index is found, however large the file`(
        _ largestWholeCheck: Int
    ) async throws {
        try await withLedger { ledger in
            try await fill(ledger)
            let settings = SQLiteLedger.Settings(largestWholeCheck: largestWholeCheck)
            #expect(try ledger.start(settings).state == .found)
            // An index that was made for other rows, with the name of the right one.
            try ledger.redefine("runs_open", "ended_at IS NULL", "began_at = 0 AND ended_at IS NULL")
            try ledger.change("REINDEX runs_open")
            try ledger.redefine("runs_open", "began_at = 0 AND ended_at IS NULL", "ended_at IS NULL")
            guard case .replaced(_, let why) = try ledger.start(settings).state else {
                Issue.record("runs were forgotten")
                return
            }
            #expect(why.contains("runs_open"))
        }
    }
}

extension LedgerCase {
    /// Changes what the file says of an index, and not the index.
    fileprivate func redefine(_ index: String, _ from: String, _ to: String) throws {
        try change(
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, '\(from)', '\(to)') WHERE name = '\(index)';
            """
        )
    }
}
