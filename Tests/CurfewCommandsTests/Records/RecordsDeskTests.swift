// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import ControlProtocol
import CurfewCore
import CurfewEngine
import Foundation
import TestSupport
import Testing

@testable import CurfewCommands

@Suite(.timeLimit(.minutes(20)))
struct RecordsDeskTests {
    @Test
    func `it answers beside the daemon that writes, again and again`() async throws {
        try await withTemporaryFolder { folder in
            let (noon, directory) = (SampleDecision.noon, folder.path())
            let lock = try StateDirectoryLock(directory: directory, now: noon)
            let ledger = try SQLiteLedger.open(under: lock, now: noon).ledger
            let notebook = SampleDecision.notebook()
            let desk = RecordsDesk(LedgerRecords(directory: directory), time: SystemTime())
            for number in 1...10 {
                let intent = LedgerEntry.Event.intent(action: number, notebook, SampleDecision.stop(notebook))
                try await ledger.record([LedgerEntry(at: noon + .seconds(number), intent)])
                let history = try await desk.history(of: nil, since: noon, limit: 100)
                #expect(history.actions.count == number)
            }
            #expect(try await desk.report(since: noon, until: nil, prices: nil).total.stops == 0)
            try ledger.close()
        }
    }

    @Test
    func `questions that fail leave the desk free for others`() async throws {
        try await withTemporaryFolder { folder in
            let desk = RecordsDesk(LedgerRecords(directory: folder.path()), time: SystemTime())
            for _ in 0...RecordsDesk.most {
                await #expect(throws: LedgerError.self) { try await desk.history(of: nil, since: nil, limit: 1) }
            }
        }
    }
}
