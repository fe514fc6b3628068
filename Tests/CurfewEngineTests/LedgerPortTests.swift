// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

struct LedgerPortTests {
    @Test func `a ledger in memory keeps the newest entries up to its bound`() async {
        let ledger = InMemoryLedger(capacity: 20)
        let notebook = SimulatedNotebook("a").reading
        for number in 1...107 {
            await ledger.record([LedgerEntry(at: noon, .outcome(action: number, notebook, .confirmed))])
        }
        let kept = ledger.entries.compactMap { entry in
            if case .outcome(let number, _, _, _) = entry.event { number } else { nil }
        }
        #expect(kept.count <= 20)
        #expect(kept.count >= 18)
        #expect(kept == Array(107 - kept.count + 1...107))
    }
}
