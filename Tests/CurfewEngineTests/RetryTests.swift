// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("I10, I12, D26: failing actions")
struct RetryTests {
    private func fleet(_ names: String...) -> SimulatedFleet {
        SimulatedFleet(Sample.policy(Sample.idle()), names.map { SimulatedNotebook($0) })
    }

    @Test func `a stop that fails is tried again until it works`() {
        let fleet = fleet("a")
        var tries = 0
        fleet.faults.call = { _, _ in
            tries += 1
            return tries < 4 ? .refused(.transient) : .works
        }
        fleet.run(for: .hours(1))
        #expect(fleet.stops(of: "a").count == 4)
        #expect(fleet.outcomes(of: "a") == [.confirmed])
        let failed = fleet.reports.count { if case .tryFailed = $0.report { true } else { false } }
        #expect(failed == 3)
    }

    @Test
    func `D26: a stop that keeps failing is stuck after five tries, said once, and tried every quarter of an hour`() {
        let fleet = fleet("a")
        fleet.faults.call = { _, _ in .refused(.transient) }
        fleet.run(for: .hours(6))
        let tries = fleet.stops(of: "a")
        #expect(fleet.stuckReports(of: "a").count == 1)
        let first = tries.prefix(5)
        #expect((first.last ?? noon) - (first.first ?? noon) < .minutes(1))
        #expect((25...30).contains(tries.count))
        for (earlier, later) in zip(tries.dropFirst(4), tries.dropFirst(5)) { #expect(later - earlier >= .minutes(15)) }
    }

    @Test func `a stop that heals after being stuck goes through`() {
        let fleet = fleet("a")
        fleet.faults.call = { _, now in now < noon + .minutes(50) ? .refused(.transient) : .works }
        fleet.run(for: .hours(2))
        #expect(fleet.outcomes(of: "a") == [.confirmed])
        #expect(fleet.truth("a").status == .stopped)
    }

    @Test(arguments: [SimulatedFaults.Call.replyLost, .refused(.alreadyDone), .refused(.outcomeUnknown)])
    func `a reply that does not say what happened is settled by reading`(fault: SimulatedFaults.Call) {
        let fleet = fleet("a")
        var calls = 0
        fleet.faults.call = { _, _ in
            calls += 1
            return calls == 1 ? fault : .works
        }
        fleet.run(for: .hours(1))
        #expect(fleet.outcomes(of: "a") == [.confirmed])
        if case .replyLost = fault { #expect(fleet.stops(of: "a").count == 1) }
    }

    @Test
    func `I8: a stop whose reply and confirmation were lost is confirmed by the listing, not claimed as overtaken`() {
        let fleet = fleet("a")
        fleet.faults.call = { _, _ in .replyLost }
        fleet.faults.read = { id, now in fleet.stops(of: "a").isEmpty ? nil : .transient }
        fleet.run(for: .hours(1))
        #expect(fleet.stops(of: "a").count == 1)
        #expect(fleet.outcomes(of: "a") == [.confirmed])
    }

    @Test func `a stop that is taken but does nothing is tried again`() {
        let fleet = fleet("a")
        var calls = 0
        fleet.faults.call = { _, _ in
            calls += 1
            return calls < 3 ? .ignored : .works
        }
        fleet.run(for: .hours(1))
        #expect(fleet.stops(of: "a").count == 3)
        #expect(fleet.outcomes(of: "a") == [.confirmed])
    }

    @Test func `a notebook that is deleted while it is stopped is gone`() {
        let fleet = fleet("a", "b")
        fleet.faults.call = { _, _ in .refused(.transient) }
        fleet.run(for: .minutes(6))
        fleet.remove(fleet.id("a"))
        fleet.run(for: .hours(1))
        #expect(fleet.outcomes(of: "a") == [.gone])
        #expect(fleet.tracked("a") == nil)
        #expect(fleet.vanished == ["a"])
    }

    @Test func `a refusal that asks for a pause gets it`() {
        let fleet = fleet("a")
        var calls = 0
        fleet.faults.call = { _, _ in
            calls += 1
            return calls == 1 ? .refused(.throttled(retryAfter: .seconds(77))) : .works
        }
        fleet.run(for: .hours(1))
        let stops = fleet.stops(of: "a")
        #expect(stops.count == 2)
        #expect((stops.last ?? noon) - (stops.first ?? noon) >= .seconds(77))
    }

    @Test func `I1: a mark that appears while a stop waits for its next try ends it`() {
        let rules = [
            Rule(name: "marked", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive())),
            Rule(name: "others", outcome: Sample.idle()),
        ]
        let fleet = SimulatedFleet(Sample.policy(rules: rules, marks: Sample.marks), [SimulatedNotebook("a")])
        fleet.faults.call = { _, _ in .refused(.transient) }
        fleet.run(for: .minutes(10))
        let before = fleet.stops(of: "a").count
        #expect(before >= 5)
        fleet.change("a") { $0.tags["keep-alive"] = "true" }
        fleet.run(for: .seconds(61))
        guard case .overtaken(let reasons)? = fleet.outcomes(of: "a").last else {
            Issue.record("the stop still waits")
            return
        }
        #expect(reasons.contains { $0.code == "kept-alive" })
        fleet.faults.call = { _, _ in .works }
        fleet.run(for: .hours(3))
        #expect(fleet.stops(of: "a").count == before)
    }

    @Test func `I4: a renewal that is stuck does not hold a stop back that has become due`() {
        var notebook = SimulatedNotebook("a", age: .minutes(5), leaseLeft: .minutes(80))
        notebook.work = [noon..<noon + .minutes(10)]
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(whileActive: .prolong)), [notebook])
        fleet.faults.call = { _, _ in
            fleet.calls.last?.order.isStop == true ? .works : .refused(.permission(action: "updateStopPolicy"))
        }
        fleet.run(for: .hours(2))
        let deadline = noon + .minutes(70)
        #expect(!fleet.renewals(of: "a").isEmpty)
        let stop = fleet.stops(of: "a").first
        #expect(stop.map { $0 >= deadline && $0 <= deadline + .seconds(3) } == true)
    }

    // MARK: - One and the others

    @Test func `I10: a notebook whose server is slow delays no other`() {
        let fleet = fleet("slow", "a", "b")
        fleet.faults.lookTime = { $0.text == "id-slow" ? .minutes(20) : .milliseconds(80) }
        fleet.run(for: .minutes(10))
        expectSoon(fleet)
    }

    /// The stops are overdue when the cold start ends, so they are spread by a second each.
    private func expectSoon(_ fleet: SimulatedFleet) {
        for name in ["a", "b"] {
            let stop = fleet.stops(of: name).first
            #expect(stop.map { $0 >= noon + .minutes(5) && $0 <= noon + .minutes(5) + .seconds(3) } == true)
        }
    }

    @Test func `I10: a notebook whose calls and readings are slow delays no other`() {
        let fleet = fleet("slow", "a", "b")
        fleet.faults.readTime = { $0.text == "id-slow" ? .minutes(20) : .milliseconds(120) }
        fleet.faults.callTime = { $0.text == "id-slow" ? .minutes(20) : .milliseconds(200) }
        fleet.run(for: .minutes(10))
        expectSoon(fleet)
    }

    @Test func `I10: a notebook about which everything fails delays no other`() {
        let fleet = fleet("bad", "a", "b")
        fleet.faults.read = { id, _ in id.text == "id-bad" ? .unintelligible : nil }
        fleet.faults.look = { id, _, now in id.text == "id-bad" && now > noon + .minutes(4) ? .noAccess : nil }
        fleet.faults.call = { id, _ in id.text == "id-bad" ? .refused(.rejected) : .works }
        fleet.run(for: .hours(2))
        expectSoon(fleet)
        #expect(fleet.stops(of: "bad").isEmpty)
    }
}
