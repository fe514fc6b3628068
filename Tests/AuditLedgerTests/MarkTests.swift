// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Testing

struct MarkTests {
    private let id = NotebookID("a")
    private let mark = MarkSighting(text: "true", firstSeenAt: noon)

    @Test func `a mark keeps its first sight over restarts, however long its daemon has lived`() async throws {
        try await withLedger { ledger in
            let later = noon + .days(5)
            try await ledger.daemon(records: [Entry.marked(), Entry.listed(noon), Entry.listed(later)])
            #expect(try await ledger.memory(at: later + .hours(23)).marks == [id: mark])
            #expect(try await ledger.memory(at: later + .hours(25)).marks == [:])
        }
    }

    @Test func `a mark that the next daemon sees too goes on`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [Entry.marked(), Entry.listed()])
            let (second, later) = (noon + .hours(20), noon + .hours(40))
            try await ledger.daemon(at: second, records: [Entry.marked(at: second), Entry.listed(later)])
            #expect(try await ledger.memory(at: later + .hours(1)).marks == [id: mark])
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

    @Test func `a lifted mark is over, and the same text set again is a new one`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [Entry.marked(), Entry.lifted(at: noon + .minutes(1))])
            #expect(try await ledger.memory(at: noon + .minutes(2)).marks == [:])
            let again = noon + .minutes(5)
            try await ledger.daemon(at: again, records: [Entry.marked(firstSeen: again, at: again)])
            #expect(try await ledger.memory(at: again).marks[id]?.firstSeenAt == again)
        }
    }

    @Test func `a changed mark replaces the one before`() async throws {
        try await withLedger { ledger in
            let change = noon + .minutes(1)
            try await ledger.daemon(records: [
                Entry.marked(), Entry.marked("a", "2026-12-24", firstSeen: change, at: change),
            ])
            let marks = try await ledger.memory(at: change).marks
            #expect(marks == [id: MarkSighting(text: "2026-12-24", firstSeenAt: change)])
            #expect(try ledger.count("marks", where: "lifted_at = \(change.milliseconds)") == 1)
        }
    }
}
