// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("I7: observe mode sends nothing, ever")
struct ObserveTests {
    private func fleet(_ policy: Policy) -> SimulatedFleet {
        let notebooks = [SimulatedNotebook("kept-a", leaseLeft: .minutes(50)), SimulatedNotebook("n-a")]
        return SimulatedFleet(policy, notebooks)
    }

    private let rules = [
        Sample.rule("kept", .keepAlive(KeepAlive())), Sample.rule("n", Sample.idle(warn: .minutes(10))),
    ]

    @Test func `what would be done is told, and nothing is done`() {
        let fleet = fleet(Sample.policy(rules: rules, mode: .observe))
        fleet.promises.leasesMayRunOut = true
        fleet.run(for: .hours(24))
        #expect(fleet.calls.isEmpty)
        #expect(fleet.gathers.isEmpty)
        #expect(fleet.actions.isEmpty)
        #expect(fleet.decisions(about: "kept-a").contains { $0.action.name == "prolong" })
        #expect(fleet.decisions(about: "n-a").contains { $0.action == .stop })
        #expect(fleet.warnings(of: "n-a").count == 1)
    }

    @Test func `the same decision is told once, not with every listing`() {
        let fleet = fleet(Sample.policy(rules: rules, mode: .observe))
        fleet.promises.leasesMayRunOut = true
        fleet.run(for: .hours(24))
        #expect(fleet.decisions(about: "n-a").count { $0.action == .stop } == 1)
        #expect(fleet.decisions(about: "n-a").count <= 6)
    }

    @Test func `a stop that is held is told once too`() {
        let guards = GuardSettings(coldStart: .hours(12))
        let policy = Sample.policy(Sample.idle(), guards: guards)
        let fleet = SimulatedFleet(policy, [SimulatedNotebook("a")])
        fleet.run(for: .hours(11))
        #expect(fleet.decisions(about: "a").count { $0.action == .stop } == 1)
        #expect(fleet.decisions(about: "a").count <= 3)
    }

    @Test func `a user who returns in observe mode is told, and so is that he left again`() {
        var notebook = SimulatedNotebook("n-a")
        notebook.work = [noon + .hours(5)..<noon + .hours(6)]
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(), mode: .observe), [notebook])
        fleet.run(for: .hours(12))
        #expect(fleet.decisions(about: "n-a").count { $0.action == .stop } == 2)
        #expect(fleet.decisions(about: "n-a").contains { $0.reasons.first?.code == "active" })
    }
}
