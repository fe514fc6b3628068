// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("Shutdown waits for calls that are out, and for nothing else")
struct ShutdownTests {
    private func fleet(_ count: Int = 1) -> SimulatedFleet {
        let notebooks = (0..<count).map {
            var notebook = SimulatedNotebook("n\($0)")
            notebook.work = [noon - .hours(2)..<noon - .minutes(40)]
            return notebook
        }
        return SimulatedFleet(Sample.policy(Sample.idle()), notebooks)
    }

    /// The stops are decided here.
    private let deadline = noon + .minutes(20)

    @Test func `with nothing under way it ends at once`() {
        let fleet = fleet()
        fleet.run(for: .minutes(10))
        #expect(!fleet.state.mayEnd)
        fleet.deliver(.shutdown)
        #expect(fleet.state.mayEnd)
    }

    @Test(arguments: [1, 50, 200])
    func `an action whose call is not out is abandoned at once`(milliseconds: Int) {
        let fleet = fleet()
        fleet.faults.ledgerTime = .milliseconds(30)
        fleet.run(until: deadline + .milliseconds(milliseconds))
        fleet.deliver(.shutdown)
        #expect(fleet.state.mayEnd)
        #expect(fleet.calls.isEmpty)
        #expect(fleet.outcomes(of: "n0") == [.abandoned("the daemon is stopping")])
    }

    @Test func `a call that is out is waited for and confirmed`() {
        let fleet = fleet()
        fleet.faults.callTime = { _ in .seconds(20) }
        fleet.run(until: deadline + .seconds(1))
        #expect(fleet.calls.count == 1)
        fleet.deliver(.shutdown)
        #expect(!fleet.state.mayEnd)
        let turns = fleet.turns
        fleet.run(for: .minutes(5))
        #expect(fleet.state.mayEnd)
        #expect(fleet.outcomes(of: "n0") == [.confirmed])
        #expect(fleet.turns - turns <= 4)
        #expect(fleet.listings == 21)
    }

    @Test func `I8: a call that fails meanwhile is abandoned knowingly, not forgotten`() {
        let fleet = fleet()
        fleet.faults.callTime = { _ in .seconds(20) }
        fleet.faults.call = { _, _ in .refused(.transient) }
        fleet.run(until: deadline + .seconds(1))
        fleet.deliver(.shutdown)
        fleet.run(for: .minutes(5))
        #expect(fleet.state.mayEnd)
        #expect(fleet.outcomes(of: "n0").count == 1)
        #expect(fleet.calls.count == 1)
        #expect(fleet.actions.isEmpty == false)
    }

    @Test func `nothing new begins`() {
        let fleet = fleet(3)
        fleet.faults.callTime = { _ in .minutes(10) }
        fleet.run(until: deadline + .seconds(1))
        fleet.deliver(.shutdown)
        let (calls, looks, gathers, listings) = (
            fleet.calls.count, fleet.looks.count, fleet.gathers.count, fleet.listings
        )
        fleet.add(SimulatedNotebook("late"))
        fleet.run(for: .minutes(9))
        #expect(!fleet.state.mayEnd)
        #expect(fleet.calls.count == calls)
        #expect(fleet.looks.count == looks)
        #expect(fleet.gathers.count == gathers)
        #expect(fleet.listings == listings)
    }

    @Test func `D15: no warning is given any more`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(warn: .minutes(10))), fleet(2).all)
        fleet.faults.lookTime = { _ in .seconds(5) }
        fleet.run(until: noon + .minutes(9) + .seconds(52))
        fleet.deliver(.shutdown)
        fleet.deliver(.tick)
        #expect(fleet.warnings(of: "n0").isEmpty)
    }
}
