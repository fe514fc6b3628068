// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("Use that looks made up is reported, and nothing follows from it")
struct PlausibilityTests {
    private func policy(_ isOn: Bool) -> Policy {
        var policy = Sample.policy(Sample.idle())
        policy.plausibility = isOn ? PlausibilitySettings() : nil
        return policy
    }

    /// Three days of looks at a notebook whose tab stays open; what was reported, and everything else that was done.
    private func days(_ isOn: Bool) -> (reports: [Timestamp], rest: Int, view: NotebookView?) {
        let fleet = SimulatedFleet(policy(isOn), [SimulatedNotebook("a")])
        fleet.run(until: noon + .minutes(1))
        var state = fleet.state
        var (reports, rest) = ([Timestamp](), 0)
        for hour in 1...96 {
            let now = noon + .hours(hour)
            let look = Observation(
                source: Sample.jupyter,
                activity: .active,
                observedAt: now,
                signals: Signals(connections: 1, executedAt: noon)
            )
            for effect in state.handle(.looked(fleet.id("a"), [look]), now: now) {
                if case .report(.implausible) = effect { reports.append(now) } else { rest += 1 }
            }
        }
        return (reports, rest, state.snapshot(now: noon + .hours(97)).notebooks.first)
    }

    @Test func `it is reported once a day, and shown in the snapshot`() {
        let seen = days(true)
        #expect(seen.reports == [noon + .hours(50), noon + .hours(74)])
        #expect(
            seen.view?.implausibilities == [
                ImplausibilityReport(finding: .openTab(since: noon + .hours(1)), reportedAt: noon + .hours(74))
            ]
        )
    }

    @Test func `nothing else differs from a policy that does not ask`() {
        let (on, off) = (days(true), days(false))
        #expect(off.reports.isEmpty)
        #expect(off.view?.implausibilities.isEmpty == true)
        #expect(on.rest == off.rest)
        #expect(on.view?.decision == off.view?.decision)
    }
}
