// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

/// I6: what the guard holds goes when a person says so, and nothing else does.
@Suite(.timeLimit(.minutes(20)))
struct ApprovalTests {
    /// Eight notebooks whose stops the guard holds, after ten minutes.
    private func frozen(and more: [SimulatedNotebook] = []) -> SimulatedFleet {
        let held = (0..<8).map { SimulatedNotebook.idle("n\($0)", for: .hours(3)) }
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), held + more)
        fleet.run(for: .minutes(10))
        return fleet
    }

    private func stopped(_ fleet: SimulatedFleet) -> Set<String> {
        Set(fleet.calls.filter { $0.order.isStop }.map(\.id.notebook.text))
    }

    private func answer(_ fleet: SimulatedFleet) -> ActOutcome.Approval? {
        if case .success(.approved(let approval))? = fleet.answers.last?.answer { approval } else { nil }
    }

    @Test func `I6: an approval lets all held stops go, one a second, and ends the freeze`() {
        let fleet = frozen()
        #expect(fleet.state.heldStops(now: fleet.clock).count == 8)
        fleet.act(.approve(nil), by: "alice")
        fleet.run(for: .minutes(2))
        #expect(answer(fleet)?.letGo.count == 8)
        #expect(stopped(fleet).count == 8)
        let sent = fleet.calls.map(\.at)
        #expect(zip(sent, sent.dropFirst()).allSatisfy { $1 - $0 >= .milliseconds(900) })
        #expect(fleet.state.standingHolds.isEmpty)
        #expect(fleet.state.approved.isEmpty)
        #expect(fleet.holdsEnded.last == "held-too-many-stops")
    }

    @Test func `I6: a freeze that holds nothing any more is ended by naming nothing, and nothing goes by that`() {
        let fleet = frozen()
        fleet.act(.approve([]))
        fleet.run(for: .hours(1))
        #expect(fleet.state.standingHolds.map(\.code) == ["held-too-many-stops"])
        fleet.deliver(.reload(Sample.policy(.exempt)))
        fleet.run(for: .minutes(1))
        #expect(fleet.state.standingHolds.map(\.code) == ["held-too-many-stops"])
        fleet.act(.approve([]))
        fleet.run(for: .minutes(1))
        #expect(fleet.state.standingHolds.isEmpty)
        #expect(fleet.holdsEnded.last == "held-too-many-stops")
        #expect(stopped(fleet).isEmpty)
    }

    @Test func `I6: what was not named stays held`() throws {
        let fleet = frozen()
        fleet.act(.approve([fleet.id("n1"), fleet.id("n5"), NotebookID("nobody")]))
        fleet.run(for: .hours(2))
        #expect(stopped(fleet) == ["id-n1", "id-n5"])
        let approval = try #require(answer(fleet))
        #expect(approval.notHeld == [NotebookID("nobody")])
        #expect(approval.stillHeld.count == 6)
        #expect(fleet.state.standingHolds.map(\.code) == ["held-too-many-stops"])
    }

    @Test func `I6: what comes due after a part was approved stays held`() {
        let fleet = frozen(and: [.idle("later", for: .minutes(30))])
        fleet.act(.approve([fleet.id("n1")]))
        fleet.run(for: .hours(2))
        #expect(stopped(fleet) == ["id-n1"])
        #expect(fleet.state.heldStops(now: fleet.clock).contains(fleet.id("later")))
    }

    @Test func `I6: a later flood freezes anew, and what was approved does not count for it`() {
        let few = (0..<4).map { SimulatedNotebook.idle("few\($0)", for: .minutes(45)) }
        let flood = (0..<6).map { SimulatedNotebook.idle("flood\($0)", for: .minutes(20)) }
        let fleet = frozen(and: few + flood)
        fleet.act(.approve(nil))
        fleet.run(until: noon + .minutes(30))
        // Eight approved, and four on their own within the same window.
        #expect(stopped(fleet).count == 12)
        fleet.run(for: .hours(2))
        #expect(stopped(fleet).count == 12)
        #expect(fleet.holdsBegun.filter { $0 == "held-too-many-stops" }.count == 2)
        #expect(fleet.state.heldStops(now: fleet.clock).count == 6)
    }

    @Test func `I2: an approved notebook that is in use again is not stopped, and its approval is over`() {
        let fleet = frozen()
        fleet.change("n3") { $0.work.append(noon + .minutes(10)..<noon + .minutes(20)) }
        fleet.act(.approve(nil))
        fleet.run(until: noon + .minutes(60))
        #expect(!stopped(fleet).contains("id-n3"))
        #expect(stopped(fleet).count == 7)
        #expect(!fleet.state.approved.contains(fleet.id("n3")))
        fleet.run(until: noon + .minutes(90))
        expectWithinASecond(fleet.stops(of: "n3").first, of: noon + .minutes(80))
    }

    @Test func `I6: the guard's freeze survives a restart, and so does the way out of it`() {
        let fleet = frozen()
        fleet.crash(for: .minutes(1))
        fleet.run(for: .hours(1))
        #expect(stopped(fleet).isEmpty)
        #expect(fleet.state.fleet.since(.tooManyStops(due: 8, limit: 5)).map { $0 < noon + .minutes(10) } == true)
        fleet.act(.approve(nil))
        fleet.run(for: .minutes(5))
        #expect(stopped(fleet).count == 8)
    }

    @Test func `I6: fewer stops than the guard allows do not go after a restart either`() {
        let fleet = frozen()
        for index in 0..<5 { fleet.remove(fleet.id("n\(index)")) }
        fleet.crash(for: .minutes(1))
        fleet.run(for: .hours(1))
        #expect(stopped(fleet).isEmpty)
    }

    @Test func `a freeze by hand, and a reload, end what was approved and not sent`() {
        for act in [
            Trigger.act(OperatorAct(.freeze(reason: nil), by: "bob"), 1_000), .reload(Sample.policy(Sample.idle())),
        ] {
            let fleet = frozen()
            fleet.act(.approve(nil))
            fleet.run(for: .seconds(3))
            let before = stopped(fleet).count
            #expect(before > 0 && before < 5)
            fleet.deliver(act)
            #expect(fleet.state.approved.isEmpty)
        }
    }

    @Test func `without a freeze of the guard there is nothing to approve, nor where it holds none of the named`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [.idle("a", for: .minutes(1))])
        fleet.run(for: .minutes(10))
        fleet.act(.approve(nil))
        #expect(fleet.answers.last?.answer == .failure(.nothingHeld))
        let frozen = frozen()
        frozen.act(.approve([NotebookID("nobody")]))
        #expect(frozen.answers.last?.answer == .failure(.noneHeld([NotebookID("nobody")])))
    }

    @Test func `an approval that the ledger cannot keep lets nothing go`() {
        let fleet = frozen()
        fleet.faults.ledgerFails = { $0 < noon + .minutes(12) }
        fleet.act(.approve(nil))
        fleet.run(for: .hours(1))
        #expect(fleet.answers.last?.answer == .failure(.notRecorded("disk full")))
        #expect(stopped(fleet).isEmpty)
    }
}
