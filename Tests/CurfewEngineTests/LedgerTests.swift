// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("I8, I14: the ledger comes before the call")
struct LedgerTests {
    private func fleet() -> SimulatedFleet {
        SimulatedFleet(Sample.policy(Sample.idle()), [SimulatedNotebook("a")])
    }

    @Test func `intent and outcome of one action share its number`() throws {
        let fleet = fleet()
        fleet.run(for: .hours(1))
        try #require(fleet.actions.count == 2)
        #expect(fleet.actions[0].action == fleet.actions[1].action)
        guard
            case .intent(_, _, let decision) = fleet.actions[0].event,
            case .outcome(_, _, let outcome, _) = fleet.actions[1].event
        else {
            Issue.record("\(fleet.actions)")
            return
        }
        #expect(outcome == .confirmed)
        #expect(decision.action == .stop)
        #expect(decision.rule == "rule 1")
        #expect(decision.reasons.map(\.code) == ["idle-budget-spent"])
        #expect(decision.deadline != nil)
        #expect(decision.activity?.evidence.isEmpty == false)
    }

    @Test func `different actions have different numbers`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [SimulatedNotebook("a"), SimulatedNotebook("b")])
        fleet.run(for: .hours(1))
        #expect(Set(fleet.actions.map(\.action)).count == 2)
        #expect(fleet.actions.count == 4)
    }

    @Test func `a slow ledger puts the call off until the intent is kept`() {
        let fleet = fleet()
        fleet.faults.ledgerTime = .seconds(7)
        fleet.run(for: .hours(1))
        let stop = fleet.stops(of: "a").first
        #expect(stop.map { $0 >= noon + .minutes(5) + .seconds(7) } == true)
    }

    @Test func `a ledger that fails keeps the call from going out, and is told`() {
        let fleet = fleet()
        fleet.faults.ledgerFails = { _ in true }
        fleet.run(for: .hours(4))
        #expect(fleet.calls.isEmpty)
        #expect(fleet.gathers.isEmpty)
        #expect(fleet.holdsBegun.contains("held-ledger"))
    }

    @Test func `I12: a ledger that fails for hours is no storm of attempts`() {
        let fleet = fleet()
        fleet.faults.ledgerFails = { _ in true }
        fleet.run(for: .hours(4))
        let intents = fleet.reports.count { if case .intended = $0.report { true } else { false } }
        #expect(intents <= 4)
        #expect(fleet.holdsBegun.count { $0 == "held-ledger" } == 1)
    }

    @Test func `a ledger that works again lets the stop go out soon`() {
        let fleet = fleet()
        fleet.faults.ledgerFails = { $0 < noon + .minutes(30) }
        fleet.run(for: .hours(1))
        let stop = fleet.stops(of: "a").first
        #expect(stop.map { $0 >= noon + .minutes(30) && $0 <= noon + .minutes(31) + .seconds(1) } == true)
    }

    @Test func `I5: renewals go on while the ledger fails, and the journal tells of them`() {
        let fleet = SimulatedFleet(
            Sample.policy(.keepAlive(KeepAlive())),
            [SimulatedNotebook("kept-a", leaseLeft: .hours(1))]
        )
        fleet.faults.ledgerFails = { _ in true }
        fleet.run(for: .hours(9))
        fleet.promises.checkLeases(fleet)
        #expect(fleet.renewals(of: "kept-a").count > 3)
        #expect(fleet.reports.contains { if case .ledgerFailed = $0.report { true } else { false } })
    }

    @Test func `a ledger that was lost holds stops until the next start, though the new one works`() {
        let settings = EngineSettings(ledgerTrouble: "it was damaged and moved aside")
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [SimulatedNotebook("a")], settings: settings)
        fleet.run(for: .hours(9))
        #expect(fleet.calls.isEmpty)
        #expect(fleet.state.statusLine(now: fleet.now).contains("moved aside"))
    }

    @Test func `I5: a ledger that fails for a while costs no kept lease`() {
        let fleet = SimulatedFleet(
            Sample.policy(.keepAlive(KeepAlive())),
            [SimulatedNotebook("kept-a", leaseLeft: .hours(1))]
        )
        fleet.faults.ledgerFails = { $0 > noon + .minutes(20) && $0 < noon + .minutes(55) }
        fleet.run(for: .hours(5))
        fleet.promises.checkLeases(fleet)
        #expect(fleet.truth("kept-a").status.isRunning)
    }
}
