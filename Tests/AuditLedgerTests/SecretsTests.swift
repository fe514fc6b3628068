// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import TestSupport
import Testing

struct SecretsTests {
    @Test func `I11: no token and no signed address of a notebook is in any file`() async throws {
        try await withLedger { ledger in
            var notebook = SampleDecision.notebook(token: "canary-1f4e5a")
            notebook.access?.url = "https://n.example.com/lab?X-Amz-Signature=canary-77c0de&token=canary-1f4e5a"
            notebook.note = "canary-note"
            let open = try ledger.start().ledger
            let events: [LedgerEntry.Event] = [
                .runBegan(notebook, isStart: true), .warned(notebook, rule: "everyone", stopAt: noon),
                .intent(action: 1, notebook, SampleDecision.stop(notebook)), .outcome(action: 1, notebook, .confirmed),
                .intent(action: 2, notebook, SampleDecision.prolong(notebook)),
                .outcome(action: 2, notebook, .overtaken([.noRule])), .runEnded(notebook.id),
            ]
            try await open.record(events.map { LedgerEntry(at: noon, $0) })
            func expectClean() throws {
                for name in try ledger.files {
                    let bytes = try Data(contentsOf: ledger.directory.appending(path: name))
                    #expect(bytes.range(of: Data("canary".utf8)) == nil, "\(name)")
                }
            }
            try expectClean()
            #expect(try Data(contentsOf: URL(filePath: ledger.path + "-wal")).range(of: Data("trainer".utf8)) != nil)
            try open.close()
            try expectClean()
        }
    }
}
