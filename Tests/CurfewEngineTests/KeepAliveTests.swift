// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("I5: a kept lease never runs out, and no renewal shortens one")
struct KeepAliveTests {
    private func fleet(
        _ notebook: SimulatedNotebook = SimulatedNotebook("kept-a", leaseLeft: .hours(1)),
        _ terms: KeepAlive = KeepAlive()
    ) -> SimulatedFleet {
        SimulatedFleet(Sample.policy(.keepAlive(terms)), [notebook])
    }

    private func runs(_ fleet: SimulatedFleet) -> Bool {
        fleet.promises.checkLeases(fleet)
        return fleet.truth("kept-a").ranOutAt == nil && fleet.truth("kept-a").status.isRunning
    }

    @Test func `a kept notebook runs for days on two-hour leases`() {
        let fleet = fleet()
        fleet.run(for: .days(4))
        #expect(runs(fleet))
        // Each renewal lasts an hour and a half until the next is due.
        #expect((63...66).contains(fleet.renewals(of: "kept-a").count))
        #expect(fleet.stops(of: "kept-a").isEmpty)
    }

    @Test func `a renewal is sent right when it is due`() {
        let fleet = fleet()
        fleet.run(for: .hours(1))
        expectWithinASecond(fleet.renewals(of: "kept-a").first, of: noon + .minutes(30))
    }

    @Test func `an IDLE lease is turned into a TIMING one at once`() {
        let fleet = fleet(SimulatedNotebook("kept-a", leaseLeft: .hours(30), kind: .idle))
        fleet.run(for: .days(2))
        #expect(runs(fleet))
        #expect(fleet.truth("kept-a").lease?.kind == .timing)
        expectWithinASecond(fleet.renewals(of: "kept-a").first, of: noon + .milliseconds(300))
    }

    @Test func `an IDLE lease that is beyond what the cloud accepts is turned as soon as it can be`() {
        let notebook = SimulatedNotebook("kept-a", leaseLeft: .hours(80), kind: .idle)
        let policy = Sample.policy(.keepAlive(KeepAlive()), pollEvery: .hours(3))
        let fleet = SimulatedFleet(policy, [notebook])
        fleet.run(for: .hours(10))
        expectWithinASecond(fleet.renewals(of: "kept-a").first, of: noon + .hours(8) + .minutes(1))
        #expect(runs(fleet))
    }

    @Test func `leaseType keep keeps the type`() {
        let fleet = fleet(SimulatedNotebook("kept-a", leaseLeft: .hours(1), kind: .idle), KeepAlive(leaseType: .keep))
        fleet.run(for: .days(1))
        #expect(runs(fleet))
        #expect(fleet.truth("kept-a").lease?.kind == .idle)
    }

    @Test func `a lease that cannot be read gets no renewal`() {
        var notebook = SimulatedNotebook("kept-a")
        notebook.lease = nil
        let fleet = fleet(notebook)
        fleet.run(for: .days(1))
        #expect(fleet.calls.isEmpty)
        #expect(fleet.decisions(about: "kept-a").first?.reasons.map(\.code) == ["kept-alive", "lease-unreadable"])
    }

    @Test func `a lease that its user made longer is left alone`() {
        let fleet = fleet()
        fleet.at(noon + .minutes(20)) { $0.change("kept-a") { $0.renew(.hours(60), .timing, at: fleet.now) } }
        fleet.run(for: .hours(50))
        #expect(fleet.calls.isEmpty)
    }

    @Test func `a user's renewal right before ours makes ours needless`() {
        let fleet = fleet()
        fleet.faults.readTime = { _ in .seconds(4) }
        fleet.at(noon + .minutes(30) + .seconds(1)) {
            $0.change("kept-a") { $0.renew(.hours(60), .timing, at: fleet.now) }
        }
        fleet.run(for: .hours(2))
        #expect(fleet.calls.isEmpty)
        #expect(fleet.outcomes(of: "kept-a").count == 1)
    }

    @Test func `renewals survive lost requests and lost replies`() {
        let fleet = fleet()
        var random = SeededGenerator(seed: 5)
        fleet.faults.call = { _, _ in
            switch random.integer(0...3) {
            case 0: .replyLost
            case 1: .requestLost
            case 2: .refused(.transient)
            default: .works
            }
        }
        fleet.run(for: .days(4))
        #expect(runs(fleet))
    }

    @Test(arguments: [8, 16, 22, 26, 28])
    func `a cloud that fails for minutes and comes back finds the lease still running`(minutes: Int) {
        let fleet = fleet()
        let back = noon + .minutes(30 + minutes)
        fleet.faults.call = { _, now in now < back ? .refused(.transient) : .works }
        fleet.run(for: .hours(6))
        #expect(runs(fleet))
        #expect(fleet.calls.count { $0.at < back } <= 14, "retries must not become a storm")
    }

    @Test func `a refusal for good is stuck, is said once, and heals by itself`() {
        let fleet = fleet()
        let back = noon + .minutes(40)
        fleet.faults.call = { _, now in now < back ? .refused(.permission(action: "updateStopPolicy")) : .works }
        fleet.run(for: .hours(6))
        #expect(runs(fleet))
        #expect(fleet.stuckReports(of: "kept-a").count == 1)
    }

    @Test func `a cloud clock that is behind does not make renewals a storm`() {
        let terms = KeepAlive(lease: LeaseTerms(extendBy: .hours(1), renewBefore: .minutes(59)))
        let fleet = fleet(SimulatedNotebook("kept-a", leaseLeft: .minutes(30)), terms)
        fleet.setClock(by: .seconds(70))
        fleet.run(for: .hours(3))
        #expect(runs(fleet))
        // A renewal lasts less than no time here; then one per poll interval is the most that is decent.
        #expect(fleet.renewals(of: "kept-a").count <= 190)
    }

    @Test func `keepAlive until ends on the instant, and the next rule decides`() {
        let rules = [
            Rule(name: "kept", outcome: .keepAlive(KeepAlive(until: noon + .hours(3)))),
            Rule(name: "others", outcome: Sample.idle()),
        ]
        let fleet = SimulatedFleet(Sample.policy(rules: rules), [SimulatedNotebook("a")])
        fleet.run(for: .hours(6))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .hours(3))
    }

    @Test func `whileActive prolong carries a worker over the end of every lease, and stops after the budget`() {
        for minutes in [45, 60, 65, 70, 75, 90, 119] {
            var notebook = SimulatedNotebook("a", age: .minutes(5), leaseLeft: .minutes(minutes))
            notebook.work = [noon..<noon + .hours(30)]
            let fleet = SimulatedFleet(Sample.policy(Sample.idle(whileActive: .prolong)), [notebook])
            // A cloud and a server that take their time.
            fleet.faults.lookTime = { _ in .seconds(4) }
            fleet.faults.readTime = { _ in .seconds(4) }
            fleet.faults.callTime = { _ in .seconds(8) }
            fleet.run(for: .hours(36))
            #expect(fleet.truth("a").ranOutAt == nil, "a lease of \(minutes) min")
            #expect(fleet.stops(of: "a").count == 1)
            #expect(
                fleet.stops(of: "a").first.map { $0 >= noon + .hours(31) && $0 < noon + .hours(31) + .seconds(10) }
                    == true
            )
        }
    }

    @Test func `whileActive prolong keeps a dark notebook running`() {
        var notebook = SimulatedNotebook("a", leaseLeft: .hours(2))
        notebook.work = [noon..<noon + .hours(30)]
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(whileActive: .prolong)), [notebook])
        fleet.faults.look = { _, _, _ in .unreachable("timeout") }
        fleet.run(for: .hours(30))
        #expect(fleet.truth("a").ranOutAt == nil)
        #expect(fleet.stops(of: "a").isEmpty)
    }

    @Test func `whileActive leave lets the user's own lease run out`() {
        var notebook = SimulatedNotebook("a", leaseLeft: .hours(2))
        notebook.work = [noon..<noon + .hours(30)]
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [notebook])
        fleet.run(for: .hours(4))
        #expect(fleet.calls.isEmpty)
        #expect(fleet.truth("a").ranOutAt == noon + .hours(2))
    }
}
