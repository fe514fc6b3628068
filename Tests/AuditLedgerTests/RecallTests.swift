// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import GRDB
import Testing

struct RecallTests {
    @Test func `I8: an intent left open is seen by the next daemon and not by its own`() async throws {
        try await withLedger { ledger in
            let first = try ledger.start().ledger
            try await first.record([Entry.stop(1), Entry.prolong(2, "b"), Entry.stop(3, "c"), Entry.outcome(3, "c")])
            #expect(try await first.recall(now: noon).openIntents.isEmpty)
            try first.close()
            let open = try await ledger.memory(at: noon + .days(3)).openIntents
            #expect(open.map(\.notebook.text) == ["a", "b"])
            #expect(open.map(\.action) == [.stop, .prolong(.seconds(7_200), .timing)])
            #expect(open.map(\.name) == ["trainer", "trainer"])
            #expect(open.map(\.decidedAt) == [noon, noon])
        }
    }

    @Test(arguments: [
        (OpenIntent.Resolution.happened, "found-happened"), (.notHappened, "found-not-happened"),
        (.gone, "found-gone"),
    ])
    func `I8: what a later daemon finds out closes the intent for good`(
        _ resolution: OpenIntent.Resolution,
        _ word: String
    ) async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [Entry.stop(1)])
            let second = try ledger.start(at: noon + .hours(1)).ledger
            let open = try #require(try await second.recall(now: noon).openIntents.first)
            try await second.record([LedgerEntry(at: noon + .hours(1), .resolved(open, resolution))])
            #expect(try await second.recall(now: noon).openIntents.isEmpty)
            try second.close()
            let row = try #require(try ledger.rows("SELECT * FROM actions").first)
            #expect(row["outcome"] == word)
            let memory = try await ledger.memory(at: noon + .hours(2))
            #expect(memory.openIntents.isEmpty)
            #expect(memory.stops == [NotebookID("a"): [noon]])
        }
    }

    @Test func `a resolution of another ledger's intent closes nothing`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [Entry.stop(1)])
            let second = try ledger.start(at: noon).ledger
            var open = try #require(try await second.recall(now: noon).openIntents.first)
            open.notebook = NotebookID("z")
            try await second.record([Entry.stop(1, "b"), LedgerEntry(at: noon, .resolved(open, .gone))])
            #expect(try await second.recall(now: noon).openIntents.count == 1)
        }
    }

    @Test func `I6: stops confirmed, tried or possibly sent within a day are remembered, oldest first`() async throws {
        try await withLedger { ledger in
            let long = noon - .hours(25)
            try await ledger.daemon(
                at: long,
                records: [
                    Entry.stop(1, "old", at: long), Entry.outcome(1, "old", at: long),
                    // Decided long ago, tried for hours, confirmed lately.
                    Entry.stop(2, "a", at: long), Entry.outcome(2, "a", at: noon - .hours(2)),
                    Entry.stop(3, "a", at: noon - .hours(9)), Entry.outcome(3, "a", at: noon - .hours(9)),
                    Entry.stop(4, "refused", at: noon), Entry.outcome(4, "refused", .abandoned("why"), at: noon),
                    Entry.stop(5, "overtaken", at: noon), Entry.outcome(5, "overtaken", .overtaken([]), at: noon),
                    Entry.prolong(6, "kept", at: noon), Entry.outcome(6, "kept", at: noon),
                    Entry.stop(7, "open", at: noon - .minutes(5)),
                ]
            )
            let stops = try await ledger.memory(at: noon).stops
            #expect(
                stops == [
                    NotebookID("a"): [noon - .hours(9), noon - .hours(2)],
                    NotebookID("refused"): [noon], NotebookID("overtaken"): [noon],
                    NotebookID("open"): [noon - .minutes(5)],
                ]
            )
        }
    }

    @Test func `quick restarts within a day are remembered, oldest first`() async throws {
        try await withLedger { ledger in
            let id = NotebookID("a")
            let hours = [30, 3, 7]
            try await ledger.daemon(records: hours.map { LedgerEntry(at: noon - .hours($0), .restarted(id)) })
            #expect(try await ledger.memory(at: noon).restarts == [id: [noon - .hours(7), noon - .hours(3)]])
        }
    }

    @Test func `D25: a ledger as old as a backup remembers no mark, stop or restart`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [
                Entry.marked(), Entry.stop(1), Entry.outcome(1), LedgerEntry(at: noon, .restarted(NotebookID("a"))),
                Entry.listed(noon),
            ])
            let memory = try await ledger.memory(at: noon + .days(30))
            #expect(memory == LedgerMemory())
        }
    }

    @Test func `instants of a clock that was set back count as now, those of a wrong clock not at all`() async throws {
        try await withLedger { ledger in
            let (soon, far) = (noon + .hours(1), noon + .days(4_000))
            try await ledger.daemon(records: [
                Entry.stop(1, "soon", at: soon), Entry.outcome(1, "soon", at: soon),
                Entry.stop(2, "far", at: far), Entry.outcome(2, "far", at: far),
                Entry.marked("soon", firstSeen: soon, at: soon),
            ])
            let memory = try await ledger.memory(at: noon)
            #expect(memory.stops == [NotebookID("soon"): [noon]])
            let mark = MarkMemory(MarkSighting(text: "true", firstSeenAt: noon), lastSeenAt: noon)
            #expect(memory.marks == [NotebookID("soon"): [mark]])
        }
    }
}
