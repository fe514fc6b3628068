// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

struct MarkReportTests {
    private func complaints(_ fleet: SimulatedFleet) -> [String] {
        fleet.reports.compactMap { if case .markUnreadable(_, let text) = $0.report { text } else { nil } }
    }

    @Test func `a mark that nobody can read is told once, and another one again`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(.hours(9)), marks: Sample.marks), [SimulatedNotebook("a")])
        fleet.promises.budget = { _ in .hours(9) }
        fleet.change("a") { $0.tags["keep-alive"] = "next week" }
        fleet.run(for: .hours(1))
        #expect(complaints(fleet) == ["next week"])
        fleet.change("a") { $0.tags["keep-alive"] = "soon" }
        fleet.run(for: .hours(1))
        #expect(complaints(fleet) == ["next week", "soon"])
        fleet.change("a") { $0.tags["keep-alive"] = "2026-12-24" }
        fleet.run(for: .hours(1))
        #expect(complaints(fleet).count == 2)
    }

    @Test func `marks that begin to count with a reload are in the ledger and told like any other`() {
        let notebooks = [SimulatedNotebook("a"), SimulatedNotebook("b")]
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(.hours(9))), notebooks)
        fleet.promises.budget = { _ in .hours(9) }
        fleet.change("a") { $0.tags["keep-alive"] = "next week" }
        fleet.change("b") { $0.tags["keep-alive"] = "true" }
        fleet.run(for: .minutes(2))
        #expect(complaints(fleet).isEmpty)
        fleet.deliver(.reload(Sample.policy(Sample.idle(.hours(9)), marks: Sample.marks)))
        fleet.run(for: .seconds(1))
        #expect(complaints(fleet) == ["next week"])
        let kept = fleet.ledger.compactMap { if case .marked(let id, _) = $0.event { id.text } else { nil } }
        #expect(kept == ["id-a", "id-b"])
    }
}
