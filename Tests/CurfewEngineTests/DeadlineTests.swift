// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("I3, I4: a stop comes within a second of its deadline, and never before it")
struct DeadlineTests {
    /// A notebook that was last used so long before noon.
    private func idle(_ name: String, since span: Duration) -> SimulatedNotebook {
        var notebook = SimulatedNotebook(name)
        notebook.work = [noon - span - .hours(1)..<noon - span]
        return notebook
    }

    @Test func `an idle notebook is stopped when its budget is spent`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [idle("a", since: .minutes(20))])
        fleet.run(for: .hours(2))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(40))
        #expect(fleet.stops(of: "a").count == 1)
        #expect(fleet.outcomes(of: "a") == [.confirmed])
        #expect(fleet.truth("a").status == .stopped)
    }

    @Test func `two looks are enough for it: one before the deadline, one before the stop`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [SimulatedNotebook("a", age: .minutes(10))])
        fleet.run(for: .hours(2))
        #expect(fleet.looks(at: "a").count == 1)
        #expect(fleet.gathers.count == 1)
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(50))
    }

    @Test func `a user who goes on working is never stopped, and is looked at about once per budget`() {
        var notebook = SimulatedNotebook("a")
        notebook.work = [noon - .hours(1)..<noon + .hours(48)]
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [notebook])
        fleet.run(for: .hours(24))
        #expect(fleet.calls.isEmpty)
        #expect(fleet.looks(at: "a").count <= 26)
    }

    @Test(arguments: [1, 7, 31, 59, 60, 61, 119, 180])
    func `the budget counts from the last use, whenever that was`(minutes: Int) {
        var notebook = SimulatedNotebook("a", age: .minutes(5))
        notebook.work = [noon..<noon + .minutes(minutes) + .milliseconds(137)]
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [notebook])
        fleet.run(for: .hours(6))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(minutes + 60) + .milliseconds(137))
    }

    @Test func `each of many notebooks is stopped in its own second`() {
        let guards = GuardSettings(stops: GuardSettings.Stops(count: 100))
        let policy = Sample.policy(Sample.idle(), guards: guards)
        let fleet = SimulatedFleet(policy, (0..<40).map { idle("n\($0)", since: .seconds(1_000 + 37 * $0)) })
        fleet.run(for: .hours(2))
        for index in 0..<40 {
            expectWithinASecond(fleet.stops(of: "n\(index)").first, of: noon + .seconds(2_600 - 37 * index))
        }
    }

    @Test func `a notebook that is over its budget at the start is stopped when the cold start is over`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [idle("a", since: .hours(9))])
        fleet.run(for: .hours(1))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(5))
    }

    @Test func `D15: the warning comes its time before the stop`() {
        let policy = Sample.policy(Sample.idle(warn: .minutes(10)))
        let fleet = SimulatedFleet(policy, [idle("a", since: .minutes(20))])
        fleet.run(for: .hours(2))
        #expect(fleet.warnings(of: "a").count == 1)
        expectWithinASecond(fleet.warnings(of: "a").first, of: noon + .minutes(30))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(40))
    }

    @Test func `D15: a user who comes back after the warning is warned again before the stop`() {
        let policy = Sample.policy(Sample.idle(warn: .minutes(10)))
        var notebook = idle("a", since: .minutes(20))
        notebook.work.append(noon + .minutes(35)..<noon + .minutes(36))
        let fleet = SimulatedFleet(policy, [notebook])
        fleet.run(for: .hours(3))
        #expect(fleet.warnings(of: "a").count == 2)
        expectWithinASecond(fleet.warnings(of: "a").last, of: noon + .minutes(86))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(96))
    }

    @Test func `D15: a late warning puts the stop off`() {
        let policy = Sample.policy(Sample.idle(warn: .minutes(10)))
        let fleet = SimulatedFleet(policy, [idle("a", since: .hours(5))])
        fleet.run(for: .hours(1))
        let warned = fleet.warnings(of: "a").first
        expectWithinASecond(warned, of: noon)
        expectWithinASecond(fleet.stops(of: "a").first, of: (warned ?? noon) + .minutes(10))
    }

    @Test func `D19: a notebook that was just started again has its whole budget`() {
        var notebook = idle("a", since: .minutes(50))
        notebook.tags = [:]
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [notebook])
        fleet.at(noon + .minutes(9) + .seconds(30)) { $0.change("a") { $0.restart(at: fleet.now) } }
        fleet.run(for: .hours(3))
        let stop = fleet.stops(of: "a").first
        #expect(stop.map { $0 >= noon + .minutes(69) + .seconds(30) } == true)
        // The start is known when the next listing shows it.
        #expect(stop.map { $0 <= noon + .minutes(71) } == true)
    }

    @Test func `D22: a notebook that its user starts again after a stop has its whole budget`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [idle("a", since: .minutes(50))])
        fleet.at(noon + .minutes(20)) { $0.change("a") { $0.start(at: fleet.now) } }
        fleet.run(for: .hours(3))
        let stops = fleet.stops(of: "a")
        #expect(stops.count == 2)
        let started = noon + .minutes(20) + .seconds(25)
        #expect(stops.last.map { $0 >= started + .hours(1) && $0 <= started + .minutes(62) } == true)
    }

    @Test func `D11: runningFor stops when it is reached, counted from the start`() {
        let rules = [Rule(name: "old", match: Selector([.runningFor(.days(3))]), outcome: .stop(warn: .hours(1)))]
        let fleet = SimulatedFleet(Sample.policy(rules: rules), [SimulatedNotebook("a", age: .days(2))])
        fleet.promises.budget = { _ in nil }
        fleet.run(for: .hours(30))
        expectWithinASecond(fleet.warnings(of: "a").first, of: noon + .days(1))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .days(1) + .hours(1))
    }

    @Test(arguments: [5, 10, 61, 600])
    func `a short poll interval or a long one makes no difference to the second`(seconds: Int) {
        let policy = Sample.policy(Sample.idle(), pollEvery: .seconds(seconds))
        let fleet = SimulatedFleet(policy, [idle("a", since: .minutes(20))])
        fleet.run(for: .hours(2))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(40))
    }
}
