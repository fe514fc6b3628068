// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

struct GrantTests {
    private static let rules = [
        Rule(name: "marked", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive())),
        Rule(name: "others", outcome: Sample.idle()),
    ]

    private func fleet() -> SimulatedFleet {
        let fleet = SimulatedFleet(Sample.policy(rules: Self.rules), [SimulatedNotebook("a"), SimulatedNotebook("b")])
        fleet.promises.isProtected = { _ in false }
        return fleet
    }

    private func grant(_ fleet: SimulatedFleet, _ name: String, for span: Duration) {
        fleet.act(.keep(NotebookID("id-\(name)"), .lasting(span), reason: "thesis"))
    }

    @Test func `I1: a grant keeps a notebook that would be stopped, and no other one, and is told`() {
        let fleet = fleet()
        fleet.at(noon + .minutes(1)) { fleet in grant(fleet, "a", for: .hours(5)) }
        fleet.run(for: .hours(4))
        #expect(fleet.stops(of: "a").isEmpty)
        #expect(fleet.stops(of: "b").count == 1)
        #expect(fleet.tracked("a")?.decision.mark?.reason == "thesis")
        #expect(fleet.reports.contains { if case .granted = $0.report { true } else { false } })
    }

    @Test func `I8: a grant survives a crash and a restart, and ends when it says`() throws {
        let fleet = fleet()
        fleet.at(noon + .minutes(1)) { fleet in grant(fleet, "a", for: .hours(5)) }
        fleet.at(noon + .hours(2)) { $0.crash(for: .minutes(1)) }
        fleet.run(for: .hours(5))
        #expect(fleet.stops(of: "a").isEmpty)
        fleet.run(for: .minutes(2))
        #expect(fleet.stops(of: "a").count == 1)
    }

    @Test func `I1: a grant outlasts the listings that pass its notebook over`() {
        let fleet = fleet()
        fleet.at(noon + .minutes(1)) { fleet in grant(fleet, "a", for: .hours(5)) }
        fleet.faults.isPassedOver = { _, now in now > noon + .minutes(10) && now < noon + .minutes(15) }
        fleet.run(for: .hours(4))
        #expect(fleet.vanished.contains("a"))
        #expect(fleet.tracked("a")?.decision.mark?.reason == "thesis")
        #expect(fleet.stops(of: "a").isEmpty)
        fleet.run(for: .hours(3))
        #expect(fleet.stops(of: "a").count == 1)
    }

    @Test func `I1: a grant that comes while a stop is on its way ends it before it is sent`() {
        let fleet = fleet()
        fleet.faults.call = { _, _ in .refused(.transient) }
        fleet.run(for: .minutes(10))
        let before = fleet.stops(of: "a").count
        #expect(before >= 5)
        grant(fleet, "a", for: .hours(9))
        fleet.faults.call = { _, _ in .works }
        fleet.run(for: .hours(2))
        #expect(fleet.stops(of: "a").count == before)
        #expect(fleet.truth("a").status == .running)
        #expect(fleet.truth("b").status != .running)
    }

    @Test func `a grant that is withdrawn lets the other rules decide at once`() {
        let fleet = fleet()
        fleet.at(noon + .minutes(1)) { fleet in grant(fleet, "a", for: .days(2)) }
        fleet.at(noon + .hours(3)) { $0.act(.release(NotebookID("id-a"))) }
        fleet.run(for: .hours(3) - .seconds(1))
        #expect(fleet.stops(of: "a").isEmpty)
        fleet.run(for: .seconds(30))
        #expect(fleet.stops(of: "a").count == 1)
    }

    @Test func `a grant for a notebook that nobody knows changes nothing`() {
        let fleet = fleet()
        grant(fleet, "nobody", for: .days(2))
        fleet.run(for: .hours(2))
        #expect(fleet.stops(of: "a").count == 1)
        #expect(!fleet.ledger.contains { if case .acted = $0.event { true } else { false } })
    }
}
