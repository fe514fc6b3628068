// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("I13: a clock that jumps")
struct ClockTests {
    private func notebook(_ name: String = "a", idleSince span: Duration) -> SimulatedNotebook {
        var notebook = SimulatedNotebook(name)
        notebook.work = [noon - span - .hours(1)..<noon - span]
        return notebook
    }

    /// A daemon whose clock is ahead by so much from the start.
    private func fleet(ahead: Duration, _ policy: Policy, _ notebooks: SimulatedNotebook...) -> SimulatedFleet {
        let fleet = SimulatedFleet(policy, notebooks)
        fleet.setClock(by: ahead)
        return fleet
    }

    @Test func `D18: a clock that is set back does not stop the listing for as long`() {
        let fleet = fleet(ahead: .hours(8), Sample.policy(.exempt), SimulatedNotebook("a"))
        fleet.run(for: .minutes(10))
        fleet.setClock(by: .zero - .hours(8))
        let before = fleet.listings
        fleet.run(for: .minutes(10))
        #expect(fleet.listings >= before + 9)
    }

    @Test func `I1: a mark is seen after a clock was set back`() {
        let rules = [
            Rule(name: "marked", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive())),
            Rule(name: "others", outcome: Sample.idle(.hours(20))),
        ]
        let fleet = fleet(
            ahead: .hours(8),
            Sample.policy(rules: rules, marks: Sample.marks),
            SimulatedNotebook("a", age: .zero)
        )
        fleet.promises.budget = { _ in .hours(20) }
        fleet.run(for: .minutes(10))
        fleet.setClock(by: .zero - .hours(8))
        fleet.change("a") { $0.tags["keep-alive"] = "true" }
        fleet.run(for: .minutes(3))
        #expect(fleet.tracked("a")?.decision.rule == "marked")
    }

    @Test func `I13: after a clock was set back the cold start applies anew`() {
        let fleet = fleet(ahead: .hours(1), Sample.policy(Sample.idle()), notebook(idleSince: .minutes(-20)))
        fleet.run(for: .minutes(30))
        fleet.setClock(by: .zero - .hours(1))
        fleet.run(for: .hours(2))
        // The use that the old clock stamped with a time to come counts as of the step.
        #expect(fleet.stops(of: "a").first.map { $0 >= noon + .minutes(80) && $0 <= noon + .minutes(91) } == true)
        let other = self.fleet(ahead: .hours(1), Sample.policy(Sample.idle()), notebook(idleSince: .minutes(28)))
        other.promises.budget = { _ in nil }
        other.faults.look = { _, _, now in now < noon + .minutes(30) ? .noAccess : nil }
        other.run(for: .minutes(30))
        other.setClock(by: .zero - .hours(1))
        other.run(for: .minutes(20))
        #expect(other.stops(of: "a").first.map { $0 >= noon + .minutes(35) } == true)
    }

    @Test func `I2: looks that the old clock stamped are no evidence under the new one`() {
        // The last look under the wrong clock says idle; from then on the notebook is dark.
        let fleet = fleet(ahead: .hours(1), Sample.policy(Sample.idle(.hours(2))), notebook(idleSince: .minutes(70)))
        fleet.promises.budget = { _ in nil }
        fleet.run(for: .seconds(30))
        let looked = fleet.tracked("a")?.record.observations.isEmpty
        #expect(looked == false)
        fleet.setClock(by: .zero - .hours(1))
        fleet.faults.look = { _, _, _ in .unreachable("timeout") }
        fleet.run(for: .hours(5))
        #expect(fleet.calls.isEmpty)
    }

    @Test func `I5: a renewal that waited under the wrong clock is tried again soon`() {
        let fleet = fleet(
            ahead: .hours(5),
            Sample.policy(.keepAlive(KeepAlive())),
            SimulatedNotebook("kept-a", leaseLeft: .minutes(320))
        )
        fleet.faults.call = { _, now in now < noon + .minutes(2) ? .refused(.permission(action: "x")) : .works }
        fleet.run(for: .minutes(2))
        fleet.setClock(by: .zero - .hours(5))
        fleet.run(for: .hours(9))
        fleet.promises.checkLeases(fleet)
        #expect(fleet.truth("kept-a").status.isRunning)
    }

    @Test func `a small step back harms nothing`() {
        let fleet = fleet(ahead: .zero, Sample.policy(Sample.idle()), notebook(idleSince: .minutes(20)))
        for minute in 1..<40 { fleet.at(noon + .minutes(minute)) { $0.setClock(by: .milliseconds(-40)) } }
        fleet.run(for: .hours(2))
        let stop = fleet.stops(of: "a").first
        #expect(stop.map { $0 >= noon + .minutes(40) && $0 <= noon + .minutes(40) + .seconds(4) } == true)
    }

    @Test func `I13: waking up from a long sleep holds stops until the notebooks have been listed and watched`() {
        let fleet = fleet(ahead: .zero, Sample.policy(Sample.idle()), notebook(idleSince: .minutes(20)))
        fleet.run(for: .minutes(10))
        fleet.setClock(by: .hours(3))
        fleet.promises.budget = { _ in nil }
        fleet.run(for: .hours(1))
        #expect(fleet.holdsBegun == ["held-cold-start", "held-disturbed"])
        #expect(fleet.stops(of: "a").first.map { $0 >= noon + .minutes(15) } == true)
    }
}
