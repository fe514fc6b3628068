// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

/// How much the loop does when there is little to do.
struct EconomyTests {
    private let guards = GuardSettings(stops: GuardSettings.Stops(count: 1_000))

    private func notebooks(_ count: Int, _ work: Range<Timestamp>?) -> [SimulatedNotebook] {
        (0..<count).map {
            var notebook = SimulatedNotebook("n\($0)", age: .seconds(17 * $0))
            notebook.work = work.map { [$0] } ?? []
            return notebook
        }
    }

    @Test func `a hundred idle notebooks cost a look before the deadline and one before the stop`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(), guards: guards), notebooks(100, nil))
        fleet.run(for: .hours(3))
        #expect(fleet.calls.count == 100)
        #expect(fleet.looks.count <= 110)
        #expect(fleet.gathers.count == 100)
    }

    @Test func `a hundred notebooks in use cost a look per budget, and the loop a few turns a minute`() {
        let fleet = SimulatedFleet(
            Sample.policy(Sample.idle(), guards: guards),
            notebooks(100, noon - .days(1)..<noon + .days(2))
        )
        fleet.run(for: .hours(1))
        let (turns, looks) = (fleet.turns, fleet.looks.count)
        fleet.run(for: .hours(10))
        #expect(fleet.looks.count - looks <= 10 * 105)
        // A listing is 22 turns: a tick, 20 pages and its end; a look is two or three.
        #expect(fleet.turns - turns <= 10 * (60 * 22 + 105 * 4))
        #expect(fleet.calls.isEmpty)
    }

    @Test func `notebooks that are kept, exempt or not running cost nothing between listings`() {
        let rules = [Sample.rule("kept", .keepAlive(KeepAlive())), Sample.rule("exempt", .exempt)]
        let fleet = SimulatedFleet(
            Sample.policy(rules: rules),
            [
                SimulatedNotebook("kept-a", leaseLeft: .hours(70)), SimulatedNotebook("exempt-a"),
                SimulatedNotebook("none-a"),
            ]
        )
        fleet.run(for: .hours(10))
        #expect(fleet.looks.isEmpty)
        #expect(fleet.turns <= 600 * 3 + 20)
    }

    @Test func `dark notebooks are looked at every five minutes in the end`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), notebooks(10, nil))
        fleet.faults.look = { _, _, _ in .unreachable("timeout") }
        fleet.run(for: .hours(2))
        let before = fleet.looks.count
        fleet.run(for: .hours(10))
        #expect(fleet.looks.count - before <= 10 * 12 * 10 + 10)
    }

    @Test func `a rule without any source asks for nothing again and again`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(sources: [])), notebooks(1, nil))
        fleet.run(for: .hours(3))
        #expect(fleet.looks.count <= 60)
        #expect(fleet.calls.isEmpty)
    }

    @Test func `a source whose answers are old is not asked four times a second`() {
        let policy = Sample.policy(Sample.idle())
        var state = EngineState(policy: policy, seed: 1, now: noon)
        _ = state.handle(.tick, now: noon)
        let notebook = SimulatedNotebook("a").reading
        var now = noon
        var looks = 0
        func count(_ effects: [EngineEffect]) -> Int { effects.count { if case .look = $0 { true } else { false } } }
        looks += count(state.handle(.page([notebook], sweep: 1, readAt: now), now: now))
        while now < noon + .hours(1) {
            // A cached answer: it says idle, but as of five minutes ago.
            let old = Observation(
                source: Sample.jupyter,
                activity: .idle(since: .distantPast),
                observedAt: now - .minutes(5)
            )
            looks += count(state.handle(.looked(notebook.id, [old]), now: now))
            now = max(state.nextWake(now: now), now + .milliseconds(1))
            looks += count(state.handle(.tick, now: now))
        }
        #expect(looks <= 30)
    }

    @Test func `a live view looks as often as it says, and no more`() {
        let fleet = SimulatedFleet(
            Sample.policy(Sample.idle()),
            notebooks(1, noon - .days(1)..<noon + .days(2)),
            settings: EngineSettings(lookEvery: .seconds(30))
        )
        fleet.run(for: .hours(1))
        #expect((115...121).contains(fleet.looks.count))
        let dark = SimulatedFleet(
            Sample.policy(Sample.idle()),
            notebooks(1, nil),
            settings: EngineSettings(lookEvery: .seconds(30))
        )
        dark.faults.look = { _, _, _ in .unreachable("timeout") }
        dark.run(for: .hours(3))
        #expect(dark.looks.count <= 3 * 12 + 10)
    }
}
