// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import Testing

@Suite("The history from the ledger")
struct ActionHistoryTests {
    private func read(
        _ ledger: LedgerCase,
        since: Timestamp = noon - .days(7),
        limit: Int = 100,
        of notebook: String? = nil
    ) async throws -> [RecordedAction] {
        try await LedgerReader(directory: ledger.directory.path())
            .actions(since: since, limit: limit, of: notebook.map(NotebookID.init))
    }

    @Test
    func `I14: actions are told newest first, with rule, reasons, calls and what became of them`() async throws {
        try await withLedger { ledger in
            let notebook = Entry.notebook("a")
            let calls = ActionAttempt.Calls(lastAt: noon + .seconds(2), count: 3)
            try await ledger.daemon(
                records: [
                    Entry.stop(1),
                    LedgerEntry(at: noon + .seconds(4), .outcome(action: 1, notebook, .confirmed, calls: calls)),
                    Entry.prolong(2, "b", at: noon + .minutes(1)),
                    Entry.outcome(2, "b", .overtaken([.noRule]), at: noon + .minutes(2)),
                    Entry.stop(3, "c", at: noon + .minutes(3)),
                    Entry.outcome(3, "c", .abandoned("the cloud refused it"), at: noon + .minutes(4)),
                    Entry.stop(4, "d", at: noon + .minutes(5)),
                ]
            )
            let actions = try await read(ledger)
            #expect(actions.map(\.notebook?.id.text) == ["d", "c", "b", "a"])
            #expect(actions.map(\.state) == [.open, .abandoned, .overtaken, .confirmed])
            #expect(actions[0].endedAt == nil && actions[0].sendings == nil)
            #expect(actions[1].detail == "the cloud refused it")
            #expect(actions[2].detail == "no rule matches" || actions[2].detail?.isEmpty == false)
            let stop = actions[3]
            #expect(stop.kind == .stop && stop.rule == "everyone" && stop.notebook?.owner == "alice")
            #expect(stop.reasons.first?.code == "idle-budget-spent")
            #expect(stop.sentAt == noon + .seconds(2) && stop.sendings == 3 && stop.endedAt == noon + .seconds(4))
        }
    }

    @Test
    func `what people did stands among it, with their names`() async throws {
        try await withLedger { ledger in
            let notebook = RecordedAct.NamedNotebook(Entry.notebook("a"))
            let grant = Grant(until: noon + .days(1), reason: "demo", by: "root", grantedAt: noon)
            let freeze = HandFreeze(by: "eve", since: noon + .hours(2), reason: "maintenance")
            try await ledger.daemon(
                records: [
                    LedgerEntry(at: noon - .hours(1), .warned(Entry.notebook("a"), rule: "idle", stopAt: noon)),
                    LedgerEntry(at: noon, .acted(1, .kept(notebook, grant))),
                    LedgerEntry(at: noon + .hours(1), .acted(2, .released(notebook, by: "bob"))),
                    LedgerEntry(at: freeze.since, .acted(3, .frozen(freeze))),
                    LedgerEntry(at: noon + .hours(3), .acted(4, .thawed(by: "eve"))),
                    LedgerEntry(at: noon + .hours(4), .acted(5, .approved([notebook], by: "eve"))),
                    LedgerEntry(at: noon + .hours(5), .acted(6, .reloaded(by: "eve"))),
                ]
            )
            let actions = try await read(ledger)
            #expect(actions.map(\.kind) == [.reload, .approve, .thaw, .freeze, .release, .keep, .warn])
            #expect(actions.map(\.person) == ["eve", "eve", "eve", "eve", "bob", "root", nil])
            #expect(actions.map(\.notebook?.name) == [nil, "trainer", nil, nil, "trainer", "trainer", "trainer"])
            #expect(actions[3].detail == "maintenance" && actions[4].detail == nil)
            #expect(actions[5].detail == "until \(noon + .days(1)): demo")
            #expect(actions[6].rule == "idle")
            #expect(try await read(ledger, of: "a").map(\.kind) == [.approve, .release, .keep, .warn])
        }
    }

    @Test
    func `no more is read than was asked for, by time, number and notebook`() async throws {
        try await withLedger { ledger in
            let entries = (1...300).flatMap { number in
                let (id, at) = ("n\(number % 3)", noon - .minutes(300 - number))
                return [Entry.prolong(number, id, at: at), Entry.outcome(number, id, at: at)]
            }
            try await ledger.daemon(records: entries)
            let newest = try await read(ledger, limit: 5)
            #expect(newest.map(\.decidedAt) == (0..<5).map { noon - .minutes($0) })
            #expect(try await read(ledger, since: noon - .minutes(9)).count == 10)
            #expect(try await read(ledger, since: noon - .minutes(8), of: "n0").count == 3)
            #expect(try await read(ledger, of: "n1").allSatisfy { $0.notebook?.id.text == "n1" })
            #expect(try await read(ledger, since: noon + .days(1)).isEmpty)
        }
    }

    @Test
    func `notebooks of the past are found by id, by its beginning and by any name they had`() async throws {
        try await withLedger { ledger in
            func seen(_ id: String, _ name: String, _ at: Timestamp) -> LedgerEntry {
                LedgerEntry(at: at, .seen(SampleNotebook.named(name, id)))
            }
            try await ledger.daemon(
                records: [
                    seen("aaa-1", "old", noon), seen("aaa-1", "new", noon + .minutes(1)), seen("aab-2", "new", noon),
                    seen("aac", "aab", noon), LedgerEntry(at: noon + .hours(1), .vanished(NotebookID("aab-2"))),
                ]
            )
            let reader = try LedgerReader(directory: ledger.directory.path())
            func found(_ text: String) async throws -> [String] {
                try await reader.notebooks(called: text).map(\.id.text).sorted()
            }
            #expect(try await found("aaa-1") == ["aaa-1"])
            #expect(try await found("old") == ["aaa-1"])
            #expect(try await found("new") == ["aaa-1", "aab-2"])
            #expect(try await found("aab") == ["aab-2", "aac"])
            #expect(try await found("%").isEmpty)
        }
    }
}

/// Notebooks that differ by their names.
enum SampleNotebook {
    static func named(_ name: String, _ id: String) -> Notebook {
        var notebook = Entry.notebook(id)
        notebook.name = name
        return notebook
    }
}
