// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

/// Days of random fleets; `Promises` holds every step against what is true.
///
/// A failure names the seed that repeats it.
@Suite(.timeLimit(.minutes(20)))
struct RandomFleetTests {
    @Test("I1-I7, I13, I14: a day without faults", arguments: 1...6 as ClosedRange<UInt64>)
    func calm(seed: UInt64) {
        let fleet = RandomFleet.make(seed: seed, weather: .calm) { Issue.record("\($0)") }
        fleet.run(for: RandomFleet.length)
        fleet.promises.checkLeases(fleet)
        #expect(!fleet.calls.isEmpty, "seed \(seed)")
        #expect(!fleet.reports.contains { if case .tryFailed = $0.report { true } else { false } }, "seed \(seed)")
        expectPunctual(fleet, seed)
    }

    @Test("I1-I7, I13, I14: a day in which everything fails now and then", arguments: 1...12 as ClosedRange<UInt64>)
    func faulty(seed: UInt64) {
        let fleet = RandomFleet.make(seed: seed, weather: .faulty) { Issue.record("\($0)") }
        fleet.run(for: RandomFleet.length)
        fleet.promises.checkLeases(fleet)
        #expect(!fleet.calls.isEmpty, "seed \(seed)")
        // Each action that was begun ended, but for those under way.
        let intents = fleet.ledger.count { if case .intent = $0.event { true } else { false } }
        let outcomes = fleet.reports.count { if case .ended = $0.report { true } else { false } }
        #expect(outcomes >= intents - 24, "seed \(seed)")
        #expect(fleet.turns < 400_000, "seed \(seed)")
    }

    @Test(
        "I1-I8, I13, I14, D21, D25: a day in which nothing can be relied on",
        arguments: 1...24 as ClosedRange<UInt64>
    )
    func chaotic(seed: UInt64) {
        let fleet = RandomFleet.make(seed: seed, weather: .chaotic) { Issue.record("\($0)") }
        RandomFleet.live(fleet)
        #expect(!fleet.calls.isEmpty, "seed \(seed)")
        #expect(fleet.turns < 400_000, "seed \(seed)")
    }

    @Test("I7: a faulty day in observe mode sends nothing", arguments: 1...4 as ClosedRange<UInt64>)
    func observing(seed: UInt64) {
        let fleet = RandomFleet.make(seed: seed, weather: .calm, mode: .observe) { Issue.record("\($0)") }
        fleet.promises.leasesMayRunOut = true
        fleet.run(for: RandomFleet.length)
        #expect(fleet.calls.isEmpty, "seed \(seed)")
        #expect(fleet.gathers.isEmpty, "seed \(seed)")
    }

    @Test("the same seed gives the same day", arguments: [3, 4] as [UInt64])
    func repeatable(seed: UInt64) {
        func day() -> [String] {
            let fleet = RandomFleet.make(seed: seed, weather: .faulty) { Issue.record("\($0)") }
            fleet.run(for: .hours(12))
            return fleet.calls.map { "\($0.at) \($0.id.notebook) \($0.order)" } + ["\(fleet.turns)"]
        }
        #expect(day() == day(), "seed \(seed)")
    }

    /// I4: whoever is over the budget for longer than it takes to see it has been stopped.
    private func expectPunctual(_ fleet: SimulatedFleet, _ seed: UInt64) {
        guard !fleet.holdsBegun.contains("held-too-many-stops") else { return }
        for notebook in fleet.all where notebook.status.isRunning {
            let kind = RandomFleet.kind(of: notebook.name)
            guard
                let budget = fleet.promises.budget(notebook.reading), notebook.tags["keep-alive"] == nil,
                !fleet.promises.everGranted.contains(notebook.id)
            else { continue }
            let spent = notebook.lastUse(until: fleet.now) + budget
            // A mark that ended, or a start between two listings, is seen up to a poll interval late.
            #expect(
                fleet.now <= spent + fleet.state.policy.service.pollEvery + .seconds(2)
                    + (kind == "warn" ? .minutes(10) : .zero),
                "seed \(seed): \(notebook.name)"
            )
        }
    }
}
