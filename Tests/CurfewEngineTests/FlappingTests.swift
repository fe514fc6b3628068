// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("D22: a notebook that is started again each time is reported and left")
struct FlappingTests {
    /// A fleet whose notebook something starts again so long after each stop.
    private func fleet(restartedAfter span: Duration) -> SimulatedFleet {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(.minutes(30))), [SimulatedNotebook("a")])
        fleet.promises.budget = { _ in .minutes(30) }
        var at = noon
        while at < noon + .days(2) {
            at = at + .minutes(1)
            fleet.at(at) { fleet in
                let last = fleet.stops(of: "a").last
                guard let last, fleet.now >= last + span else { return }
                fleet.change("a") { $0.start(at: fleet.now) }
            }
        }
        return fleet
    }

    private func reports(_ fleet: SimulatedFleet) -> Int {
        fleet.reports.count { if case .flapping = $0.report { true } else { false } }
    }

    @Test func `after three quick restarts within a day it is left alone, and told once`() {
        let fleet = fleet(restartedAfter: .minutes(4))
        fleet.run(for: .hours(5))
        #expect(fleet.stops(of: "a").count == 3)
        #expect(reports(fleet) == 1)
        #expect(fleet.truth("a").status.isRunning)
        fleet.run(for: .hours(15))
        #expect(fleet.stops(of: "a").count == 3)
    }

    @Test func `a day later it is stopped again`() {
        let fleet = fleet(restartedAfter: .minutes(4))
        fleet.run(for: .hours(25))
        #expect(fleet.stops(of: "a").count > 3)
    }

    @Test func `a person who comes back later is no circle`() {
        let fleet = fleet(restartedAfter: .minutes(25))
        fleet.run(for: .hours(20))
        #expect(fleet.stops(of: "a").count > 10)
        #expect(reports(fleet) == 0)
    }

    @Test func `a restart of the daemon does not forget the circle`() {
        let fleet = fleet(restartedAfter: .minutes(4))
        fleet.at(noon + .minutes(90)) { $0.crash(for: .seconds(30)) }
        fleet.at(noon + .hours(5)) { $0.crash(for: .seconds(30)) }
        fleet.run(for: .hours(20))
        #expect(fleet.stops(of: "a").count == 3)
    }
}
