// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("D9, D10, D13: listings")
struct ListingTests {
    private func notebooks(_ count: Int) -> [SimulatedNotebook] {
        (0..<count).map { SimulatedNotebook("n\($0)") }
    }

    @Test(arguments: [0, 1, 2, 3])
    func `D9: from a listing that failed nothing is concluded, whatever it handed over`(pages: Int) {
        let fleet = SimulatedFleet(Sample.policy(.exempt), notebooks(18))
        fleet.run(for: .minutes(2))
        fleet.faults.pagesBeforeListingFails = { _ in pages }
        fleet.run(for: .minutes(30))
        #expect(fleet.vanished.isEmpty)
        #expect(fleet.state.notebooks.count == 18)
        let failures = fleet.reports.count { if case .sweepFailed = $0.report { true } else { false } }
        #expect((29...31).contains(failures))
    }

    @Test func `a notebook that two complete listings lack has vanished, and only it`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), notebooks(12))
        fleet.run(for: .minutes(2))
        fleet.remove(fleet.id("n7"))
        fleet.run(for: .minutes(2))
        #expect(fleet.vanished == ["n7"])
        #expect(fleet.tracked("n7") == nil)
        #expect(fleet.state.notebooks.count == 11)
    }

    @Test func `I5: a listing that passes over a kept notebook once costs it nothing`() {
        let policy = Sample.policy(.keepAlive(KeepAlive()), pollEvery: .minutes(20))
        let fleet = SimulatedFleet(policy, [SimulatedNotebook("kept-a", leaseLeft: .minutes(55))])
        fleet.faults.isPassedOver = { _, now in now > noon + .minutes(15) && now < noon + .minutes(30) }
        fleet.faults.pagesBeforeListingFails = { $0 > noon + .minutes(30) ? 0 : nil }
        fleet.run(for: .hours(3))
        #expect(fleet.vanished.isEmpty)
        fleet.promises.checkLeases(fleet)
    }

    @Test func `I5: a reply without a lease does not undo what is known of it`() {
        let policy = Sample.policy(.keepAlive(KeepAlive()), pollEvery: .minutes(20))
        let fleet = SimulatedFleet(policy, [SimulatedNotebook("kept-a", leaseLeft: .minutes(55))])
        fleet.faults.garble = { notebook, now in
            var copy = notebook
            if now > noon + .minutes(15), now < noon + .minutes(50) { copy.lease = .unreadable }
            return copy
        }
        fleet.run(for: .hours(3))
        fleet.promises.checkLeases(fleet)
        // Nothing is set while nobody knows what is left.
        #expect(fleet.renewals(of: "kept-a").first.map { $0 >= noon + .minutes(50) } == true)
    }

    @Test func `a notebook that vanished and comes back is met anew`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), notebooks(2))
        fleet.run(for: .minutes(2))
        let gone = fleet.truth("n0")
        fleet.remove(gone.id)
        fleet.run(for: .minutes(2))
        fleet.add(gone)
        fleet.run(for: .minutes(2))
        #expect(fleet.vanished == ["n0"])
        #expect(fleet.tracked("n0") != nil)
    }

    @Test func `new notebooks are seen with the next listing`() {
        let fleet = SimulatedFleet(Sample.policy(.exempt), notebooks(3))
        fleet.at(noon + .seconds(90)) { $0.add(SimulatedNotebook("new", at: fleet.now)) }
        fleet.run(for: .seconds(121))
        #expect(fleet.tracked("new") != nil)
    }

    @Test func `listings begin every poll interval, and never two at a time`() {
        let fleet = SimulatedFleet(Sample.policy(.exempt), notebooks(3))
        fleet.run(for: .hours(1))
        #expect(fleet.listings == 61)
        let slow = SimulatedFleet(Sample.policy(.exempt), notebooks(3))
        slow.faults.pageTime = .seconds(150)
        slow.run(for: .hours(1))
        #expect((24...25).contains(slow.listings))
    }

    @Test func `D13: a notebook with nothing but an id and a status does not lose its siblings`() {
        var bare = SimulatedNotebook("bare")
        bare.lease = nil
        bare.enter(.unrecognized("NEW"), at: noon)
        let fleet = SimulatedFleet(
            Sample.policy(Sample.idle()),
            [bare, SimulatedNotebook("n0"), SimulatedNotebook("n1")]
        )
        fleet.run(for: .hours(1))
        #expect(fleet.stops(of: "n0").count == 1)
        #expect(fleet.stops(of: "n1").count == 1)
        #expect(fleet.decisions(about: "bare").map { $0.reasons.map(\.code) } == [["not-running"]])
    }

    @Test func `D18: a page that was read before a stop does not undo what is known since`() {
        var notebook = SimulatedNotebook("a", age: .minutes(1))
        notebook.work = []
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(.minutes(59) + .seconds(8))), [notebook])
        fleet.promises.budget = { _ in .minutes(59) + .seconds(8) }
        // The stop is sent at 12:58:08; the listing of 12:58:00 shows the notebook of 12:58:05 and arrives at 12:58:10.
        fleet.faults.pageTime = .seconds(10)
        fleet.run(until: noon + .minutes(58) + .seconds(20))
        #expect(fleet.stops(of: "a").count == 1)
        #expect(fleet.tracked("a")?.record.notebook.status == .stopping)
        #expect(fleet.tracked("a")?.record.startSeenAt == nil)
        #expect(fleet.outcomes(of: "a") == [.confirmed])
        #expect(fleet.decisions(about: "a").last?.reasons == [.notRunning(.stopping)])
    }

    @Test func `I1, D18: a stale listing does not outweigh the mark that the notebook's own reply shows`() {
        let rules = [
            Rule(name: "marked", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive())),
            Rule(name: "others", outcome: Sample.idle(.minutes(59))),
        ]
        let notebook = SimulatedNotebook("a", age: .seconds(1))
        let fleet = SimulatedFleet(Sample.policy(rules: rules, marks: Sample.marks), [notebook])
        fleet.promises.budget = { _ in .minutes(59) }
        fleet.faults.lookTime = { _ in .seconds(4) }
        // Read at 12:58:59 with the mark, looked at until 12:59:03; the listing of 12:59:00 shows what was a minute ago.
        fleet.at(noon + .minutes(58) + .milliseconds(58_500)) { $0.change("a") { $0.tags["keep-alive"] = "true" } }
        fleet.faults.isStale = { _, now in now > noon + .minutes(58) + .seconds(30) }
        fleet.run(for: .minutes(70))
        #expect(!fleet.gathers.isEmpty)
        #expect(fleet.stops(of: "a").isEmpty)
    }

    @Test func `I1: a mark that a listing shows while a stop is verified keeps the notebook`() {
        let rules = [
            Rule(name: "marked", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive())),
            Rule(name: "others", outcome: Sample.idle(.minutes(59))),
        ]
        let notebook = SimulatedNotebook("a", age: .seconds(1))
        let fleet = SimulatedFleet(Sample.policy(rules: rules, marks: Sample.marks), [notebook])
        fleet.promises.budget = { _ in .minutes(59) }
        fleet.faults.lookTime = { _ in .seconds(4) }
        // Read at 12:58:59 without the mark, looked at until 12:59:03; the listing of 12:59:00 shows it.
        fleet.at(noon + .minutes(59) - .milliseconds(500)) { $0.change("a") { $0.tags["keep-alive"] = "true" } }
        fleet.run(for: .hours(2))
        #expect(fleet.gathers.count >= 1)
        #expect(fleet.stops(of: "a").isEmpty)
        #expect(fleet.tracked("a")?.decision.rule == "marked")
    }

    @Test func `a failed listing delays no notebook that is known`() {
        var notebook = SimulatedNotebook("a", age: .minutes(1))
        notebook.work = [noon..<noon + .minutes(1) + .seconds(30)]
        let policy = Sample.policy(Sample.idle(.minutes(10)), guards: GuardSettings(coldStart: .minutes(1)))
        let fleet = SimulatedFleet(policy, [notebook])
        fleet.promises.budget = { _ in .minutes(10) }
        // Two failures in a row are no outage.
        fleet.faults.pagesBeforeListingFails = { now in
            now > noon + .minutes(9) + .seconds(30) && now < noon + .minutes(11) + .seconds(50) ? 0 : nil
        }
        fleet.run(for: .hours(1))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(11) + .seconds(30))
    }
}
