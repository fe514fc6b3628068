// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Testing

struct MarkTests {
    private let id = NotebookID("a")

    private func memory(_ text: String = "true", firstSeen: Timestamp = noon, lastSeen: Timestamp) -> MarkMemory {
        MarkMemory(MarkSighting(text: text, firstSeenAt: firstSeen), lastSeenAt: lastSeen)
    }

    @Test func `a mark keeps its first sight over restarts, however long its daemon has lived`() async throws {
        try await withLedger { ledger in
            let later = noon + .days(5)
            try await ledger.daemon(records: [Entry.marked(), Entry.listed(noon), Entry.listed(later)])
            #expect(try await ledger.memory(at: later + .hours(23)).marks == [id: [memory(lastSeen: later)]])
            #expect(try await ledger.memory(at: later + .hours(25)).marks == [:])
        }
    }

    @Test func `a mark that the next daemon sees too goes on`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [Entry.marked(), Entry.listed()])
            let (second, later) = (noon + .hours(20), noon + .hours(40))
            try await ledger.daemon(at: second, records: [Entry.marked(at: second), Entry.listed(later)])
            #expect(try await ledger.memory(at: later + .hours(1)).marks == [id: [memory(lastSeen: later)]])
            #expect(try ledger.count("marks") == 1)
        }
    }

    @Test func `a mark that no daemon confirms is forgotten after a day, however long that one lives`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [Entry.marked(), Entry.listed()])
            let later = noon + .hours(30)
            try await ledger.daemon(at: noon + .hours(1), records: [Entry.listed(later)])
            #expect(try await ledger.memory(at: later).marks == [:])
        }
    }

    @Test func `a lifted mark is remembered for a day, with the moment at which it went`() async throws {
        try await withLedger { ledger in
            let lifted = noon + .minutes(1)
            try await ledger.daemon(records: [Entry.marked(), Entry.lifted(at: lifted), Entry.listed(noon + .days(1))])
            #expect(try await ledger.memory(at: lifted + .days(1)).marks == [id: [memory(lastSeen: lifted)]])
            #expect(try await ledger.memory(at: lifted + .days(1) + .milliseconds(1)).marks == [:])
        }
    }

    @Test func `a user who goes back to an earlier text has one mark, in one row, that stands`() async throws {
        try await withLedger { ledger in
            let times = (0...3).map { noon + .minutes($0) }
            let entries = [
                Entry.marked(), Entry.marked("a", "2026-12-24", firstSeen: noon, at: times[1]),
                Entry.marked(at: times[2]), Entry.listed(times[3]),
            ]
            // A batch whose writing failed comes twice.
            try await ledger.daemon(records: entries + entries)
            let marks = try await ledger.memory(at: times[3]).marks
            let expected: Set = [memory(lastSeen: times[3]), memory("2026-12-24", lastSeen: times[2])]
            #expect(Set(marks[id] ?? []) == expected)
            #expect(try ledger.count("marks") == 2)
            #expect(try ledger.count("marks", where: "lifted_at IS NULL AND text = 'true'") == 1)
        }
    }

    @Test func `a changed mark replaces the one before`() async throws {
        try await withLedger { ledger in
            let change = noon + .minutes(1)
            try await ledger.daemon(records: [
                Entry.marked(), Entry.marked("a", "2026-12-24", firstSeen: noon, at: change),
            ])
            let marks = try await ledger.memory(at: change).marks[id] ?? []
            #expect(Set(marks) == [memory(lastSeen: change), memory("2026-12-24", lastSeen: change)])
            #expect(try ledger.count("marks", where: "lifted_at = \(change.milliseconds)") == 1)
        }
    }
}
