// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("I13, D21: after time did not pass as it should, everything is looked at anew")
struct DisturbanceTests {
    private func idle(_ since: Duration) -> SimulatedNotebook {
        var notebook = SimulatedNotebook("a")
        notebook.work = [noon - .hours(2)..<noon - since]
        return notebook
    }

    @Test func `a short sleep of the machine holds stops until the fleet was listed and watched again`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [idle(.minutes(40))])
        fleet.at(noon + .minutes(19)) { $0.suspend(for: .minutes(2)) }
        fleet.run(for: .hours(1))
        let woke = noon + .minutes(21)
        let stop = fleet.stops(of: "a").first
        #expect(stop.map { $0 >= woke + .minutes(5) && $0 <= woke + .minutes(5) + .seconds(2) } == true)
        #expect(fleet.holdsBegun == ["held-cold-start", "held-disturbed"])
    }

    @Test func `a clock that is set forward holds stops, and does not make a notebook look idle for longer`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [idle(.minutes(10))])
        fleet.at(noon + .minutes(20)) { $0.setClock(by: .hours(3)) }
        fleet.run(for: .hours(3))
        // By the true time: an hour after the last use.
        let stop = fleet.stops(of: "a").first
        #expect(stop.map { $0 >= noon + .minutes(50) && $0 <= noon + .minutes(51) } == true)
    }

    @Test func `I6: a clock that is set forward does not make the guard forget the stops of a moment ago`() {
        let guards = GuardSettings(
            stops: GuardSettings.Stops(count: 1, percent: 0, within: .minutes(30)),
            coldStart: .minutes(1)
        )
        var other = SimulatedNotebook("b")
        other.work = [noon - .hours(2)..<noon - .minutes(35)]
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(), guards: guards), [idle(.minutes(40)), other])
        fleet.at(noon + .minutes(21)) { $0.setClock(by: .hours(1)) }
        fleet.run(for: .minutes(45))
        #expect(fleet.calls.count == 1)
        #expect(fleet.holdsBegun.last == "held-too-many-stops")
    }

    @Test func `facts that were gathered across a sleep stop nothing`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [idle(.minutes(40))])
        fleet.faults.lookTime = { _ in .seconds(4) }
        let gathering = noon + .minutes(20) + .seconds(2)
        fleet.at(gathering) { fleet in
            fleet.suspend(for: .minutes(10))
            fleet.change("a") { $0.work.append(gathering..<noon + .hours(9)) }
        }
        fleet.run(for: .hours(1))
        #expect(fleet.gathers.contains { $0.at < gathering })
        #expect(fleet.calls.isEmpty)
    }

    @Test func `I5: leases are kept with a clock that is hours ahead, and none is shortened`() {
        for step in [Duration.hours(3), .hours(-3), .minutes(7), .seconds(-40)] {
            let notebooks = [SimulatedNotebook("kept-a", leaseLeft: .hours(4), kind: .idle)]
            let fleet = SimulatedFleet(Sample.policy(.keepAlive(KeepAlive())), notebooks)
            fleet.setClock(by: step)
            fleet.at(noon + .hours(9)) { $0.setClock(by: .zero - step) }
            fleet.run(for: .days(2))
            fleet.promises.checkLeases(fleet)
            #expect(fleet.renewals(of: "kept-a").count > 20)
        }
    }

    @Test func `the other clocks tell a step from a sleep, and neither from time passing`() {
        func note(_ wall: Duration, _ boot: Duration, _ awake: Duration) -> Disturbance? {
            var watch = ClockWatch()
            let first = watch.note(wall: noon, elapsed: ElapsedTime(sinceBoot: .seconds(50), awake: .seconds(20)))
            #expect(first == nil)
            let elapsed = ElapsedTime(sinceBoot: .seconds(50) + boot, awake: .seconds(20) + awake)
            return watch.note(wall: noon + wall, elapsed: elapsed)
        }
        #expect(note(.seconds(60), .seconds(60), .seconds(60)) == nil)
        #expect(note(.milliseconds(60_900), .seconds(60), .seconds(60)) == nil)
        #expect(note(.hours(1), .seconds(60), .seconds(60)) == .clockSet(by: .seconds(3_540)))
        #expect(note(.seconds(-60), .seconds(60), .seconds(60)) == .clockSet(by: .seconds(-120)))
        #expect(note(.hours(1), .hours(1), .seconds(60)) == .suspended(for: .seconds(3_540)))
        var blind = ClockWatch()
        #expect(blind.note(wall: noon, elapsed: nil) == nil)
        #expect(blind.note(wall: noon + .days(1), elapsed: nil) == nil)
    }

    @Test func `the machine's own clocks go forward`() throws {
        let time = SystemTime()
        let (before, after) = (try #require(time.elapsed), try #require(time.elapsed))
        #expect(after.sinceBoot >= before.sinceBoot && after.awake >= before.awake)
    }
}
