// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import GRDB
import TestSupport
import Testing

struct GrantTests {
    private var id: NotebookID { notebook.id }
    private let grant = Grant(until: noon + .days(3), reason: "thesis", by: "root", grantedAt: noon)

    private let notebook = RecordedAct.NamedNotebook(SampleDecision.notebook("a"))

    private func granted(_ grant: Grant, number: Int = 1) -> LedgerEntry {
        LedgerEntry(at: grant.grantedAt, .acted(number, .kept(notebook, grant)))
    }

    @Test func `I8: a grant survives the daemon, until a day after its end`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [granted(grant), granted(grant)])
            #expect(try await ledger.memory(at: noon + .days(2)).grants == [id: grant])
            #expect(try await ledger.memory(at: noon + .days(4)).grants == [id: grant])
            #expect(try await ledger.memory(at: noon + .days(4) + .milliseconds(1)).grants == [:])
        }
    }

    @Test func `a withdrawn grant stays withdrawn, and tells who did it`() async throws {
        try await withLedger { ledger in
            let end = noon + .hours(5)
            let withdrawal = LedgerEntry(at: end, .acted(2, .released(notebook, by: "alice")))
            try await ledger.daemon(records: [granted(grant), withdrawal, withdrawal])
            #expect(try await ledger.memory(at: end).grants == [id: grant.withdrawn(at: end)])
            let row = try #require(try ledger.rows("SELECT * FROM grants").first)
            #expect(row["withdrawn_by"] == "alice")
            #expect(row["reason"] == "thesis")
        }
    }

    @Test func `the last grant counts, with the beginning of its row`() async throws {
        try await withLedger { ledger in
            let next = Grant(until: noon + .days(9), by: "bob", grantedAt: noon + .days(2), since: noon)
            try await ledger.daemon(records: [granted(grant), granted(next, number: 2)])
            #expect(try await ledger.memory(at: noon + .days(2)).grants == [id: next])
        }
    }
}
