// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("I6, I13: guards hold every stop, and nothing but stops")
struct GuardTests {
    private func idle(_ count: Int, _ prefix: String = "n", since span: Duration = .hours(3)) -> [SimulatedNotebook] {
        (0..<count).map {
            var notebook = SimulatedNotebook("\(prefix)\($0)")
            notebook.work = [noon - span - .hours(1)..<noon - span]
            return notebook
        }
    }

    private func stops(_ fleet: SimulatedFleet) -> [Timestamp] {
        fleet.calls.filter { $0.order.isStop }.map(\.at)
    }

    // MARK: - Cold start

    @Test func `I13: nothing is stopped before the cold start is over, counted from the first complete listing`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), idle(3))
        fleet.faults.pagesBeforeListingFails = { $0 < noon + .minutes(10) ? 0 : nil }
        fleet.run(for: .hours(1))
        #expect(stops(fleet).count == 3)
        #expect(stops(fleet).allSatisfy { $0 >= noon + .minutes(15) && $0 <= noon + .minutes(15) + .seconds(3) })
        #expect(fleet.holdsBegun == ["held-cold-start"])
        #expect(fleet.holdsEnded == ["held-cold-start"])
    }

    @Test func `renewals and warnings are not held`() {
        let rules = [
            Sample.rule("kept", .keepAlive(KeepAlive())), Sample.rule("n", Sample.idle(warn: .minutes(10))),
        ]
        let guards = GuardSettings(coldStart: .hours(2))
        let notebooks = [SimulatedNotebook("kept-a", leaseLeft: .minutes(10))] + idle(1, "n-")
        let fleet = SimulatedFleet(Sample.policy(rules: rules, guards: guards), notebooks)
        fleet.run(for: .hours(1))
        expectWithinASecond(fleet.renewals(of: "kept-a").first, of: noon + .milliseconds(300))
        expectWithinASecond(fleet.warnings(of: "n-0").first, of: noon)
        #expect(stops(fleet).isEmpty)
    }

    // MARK: - Outage

    @Test func `I13: an outage holds stops, and afterwards the cold start applies anew`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), idle(2, since: .minutes(40)))
        let back = noon + .minutes(30)
        fleet.faults.pagesBeforeListingFails = { $0 > noon + .minutes(10) && $0 < back ? 0 : nil }
        fleet.run(for: .hours(2))
        #expect(fleet.holdsBegun == ["held-cold-start", "held-outage", "held-cold-start"])
        #expect(stops(fleet).count == 2)
        #expect(stops(fleet).allSatisfy { $0 >= back + .minutes(5) && $0 <= back + .minutes(6) + .seconds(2) })
    }

    @Test func `an outage begins after three poll intervals, even when no listing ever ends`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), idle(2, since: .minutes(51)))
        fleet.at(noon + .minutes(5) + .seconds(30)) { $0.faults.pageTime = .hours(5) }
        fleet.run(for: .hours(2))
        #expect(stops(fleet).isEmpty)
        #expect(fleet.holdsBegun.last == "held-outage")
    }

    @Test func `I5: renewals go on through an outage of the listing`() {
        let fleet = SimulatedFleet(
            Sample.policy(.keepAlive(KeepAlive())),
            [SimulatedNotebook("kept-a", leaseLeft: .hours(1))]
        )
        fleet.faults.pagesBeforeListingFails = { $0 > noon + .minutes(2) ? 0 : nil }
        fleet.run(for: .hours(24))
        fleet.promises.checkLeases(fleet)
        #expect(fleet.renewals(of: "kept-a").count > 10)
    }

    // MARK: - Blindness

    @Test func `most notebooks going dark freezes all stops, until a whole sweep is below the share`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), idle(3, "dark") + idle(2, "n", since: .minutes(30)))
        let back = noon + .hours(2)
        fleet.faults.look = { id, _, now in
            now < back && id.text.contains("dark") ? .unreachable("timeout") : nil
        }
        fleet.run(until: back)
        #expect(fleet.holdsBegun == ["held-cold-start", "held-blind"])
        #expect(stops(fleet).isEmpty)
        fleet.run(for: .minutes(10))
        #expect(fleet.holdsEnded == ["held-cold-start", "held-blind"])
        #expect(stops(fleet).count == 5)
    }

    @Test func `two dark notebooks are no pattern`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), idle(2, "dark") + idle(1))
        fleet.faults.look = { id, _, _ in id.text.contains("dark") ? .unreachable("timeout") : nil }
        fleet.run(for: .hours(1))
        #expect(fleet.stops(of: "n0").count == 1)
        #expect(fleet.stops(of: "dark0").isEmpty)
    }

    @Test func `looks that have only grown older than their maxAge are no blindness`() {
        let uses = [EvidenceRequirement.Use(source: Sample.jupyter, maxAge: .minutes(1))]
        var busy = idle(6, "busy")
        for index in busy.indices { busy[index].work = [noon - .hours(2)..<noon + .days(1)] }
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(sources: uses)), busy + idle(1, since: .minutes(10)))
        fleet.run(for: .hours(2))
        #expect(!fleet.holdsBegun.contains("held-blind"))
        expectWithinASecond(fleet.stops(of: "n0").first, of: noon + .minutes(50))
    }

    // MARK: - Too many stops

    @Test func `I6: more stops at once than allowed freeze them all, for good`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), idle(6) + idle(1, "later", since: .minutes(20)))
        fleet.run(for: .hours(5))
        #expect(stops(fleet).isEmpty)
        #expect(fleet.holdsBegun.filter { $0 == "held-too-many-stops" }.count == 1)
        #expect(!fleet.holdsEnded.contains("held-too-many-stops"))
    }

    @Test func `as many as allowed go out`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), idle(5))
        fleet.run(for: .hours(1))
        #expect(stops(fleet).count == 5)
    }

    @Test func `I6: stops that are sent within the window count`() {
        let fleet = SimulatedFleet(
            Sample.policy(Sample.idle()),
            idle(4, "first") + idle(2, "second", since: .minutes(50))
        )
        fleet.run(for: .hours(1))
        // The first four at the end of the cold start, the next two five minutes later.
        #expect(stops(fleet).count == 4)
        #expect(fleet.holdsBegun.contains("held-too-many-stops"))
    }

    @Test func `stops further apart than the window do not count together`() {
        let guards = GuardSettings(stops: GuardSettings.Stops(count: 1, percent: 0, within: .minutes(10)))
        let notebooks = (0..<4).map { idle(1, "n\($0)-", since: .minutes(50 - 11 * $0))[0] }
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(), guards: guards), notebooks)
        fleet.run(for: .hours(2))
        #expect(stops(fleet).count == 4)
    }

    @Test func `I10: one notebook whose stop fails again and again does not freeze the others`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), idle(1, "bad") + idle(1, "good", since: .minutes(51)))
        fleet.faults.call = { id, _ in id.text.contains("bad") ? .refused(.transient) : .works }
        fleet.run(for: .hours(1))
        #expect(fleet.stops(of: "bad0").count > 5)
        expectWithinASecond(fleet.stops(of: "good0").first, of: noon + .minutes(9))
        #expect(!fleet.holdsBegun.contains("held-too-many-stops"))
    }

    @Test func `I6: in a large fleet the percentage counts`() {
        let fleet = SimulatedFleet(
            Sample.policy(.idle(idleTerms)),
            idle(10) + (0..<90).map { SimulatedNotebook("young\($0)", age: .zero) }
        )
        fleet.run(for: .minutes(30))
        #expect(stops(fleet).count == 10)
    }

    private var idleTerms: IdleBudget {
        IdleBudget(
            budget: .hours(1),
            evidence: EvidenceRequirement(sources: [EvidenceRequirement.Use(source: Sample.jupyter)])
        )
    }

    @Test func `I6: a freeze takes back the stops that are not out yet`() {
        let notebooks =
            idle(5, "first", since: .minutes(50)) + idle(1, "sixth", since: .minutes(50) - .milliseconds(500))
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), notebooks)
        // The reading of the first five takes until the sixth is due.
        fleet.faults.readTime = { _ in .seconds(2) }
        fleet.run(for: .hours(1))
        #expect(stops(fleet).isEmpty)
    }
}
