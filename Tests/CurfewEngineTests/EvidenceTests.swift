// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("D1, D2, D3, D5, D12, D18: what is not known to be idle now is not stopped")
struct EvidenceTests {
    private func fleet(_ policy: Policy = Sample.policy(Sample.idle())) -> SimulatedFleet {
        SimulatedFleet(policy, [SimulatedNotebook("a")])
    }

    @Test(
        "D1, D2, D3: evidence that never speaks never stops",
        arguments: [
            Activity.Unknown.unreachable("timeout"), .refused("HTTP 403"), .unintelligible("{"), .noAccess, .stale,
            .notObserved, .noSuchSource,
        ]
    )
    func neverStops(why: Activity.Unknown) {
        let fleet = fleet()
        fleet.faults.look = { _, _, _ in why }
        fleet.run(for: .hours(48))
        #expect(fleet.calls.isEmpty)
        // 15 s doubling to 5 min, and no storm.
        #expect(fleet.looks(at: "a").count < 48 * 12 + 10)
    }

    @Test func `a notebook that speaks again is stopped soon, if it is idle`() {
        let fleet = fleet()
        let back = noon + .hours(3)
        fleet.faults.look = { _, _, now in now < back ? .unreachable("timeout") : nil }
        fleet.run(for: .hours(4))
        let stop = fleet.stops(of: "a").first
        #expect(stop.map { $0 >= back && $0 <= back + .minutes(5) + .seconds(1) } == true)
    }

    @Test func `a silent optional source is not in the way`() {
        let uses = [
            EvidenceRequirement.Use(source: Sample.jupyter),
            EvidenceRequirement.Use(source: Sample.accelerator, isOptional: true),
        ]
        var notebook = SimulatedNotebook("a", age: .minutes(2))
        // Looks fall right behind each other: short budget, and use that goes on for a while.
        notebook.work = [noon..<noon + .minutes(50) + .seconds(3)]
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(.minutes(2), sources: uses)), [notebook])
        fleet.promises.budget = { _ in .minutes(2) }
        fleet.promises.optionalSources = { _ in [Sample.accelerator] }
        fleet.faults.look = { _, source, _ in source == Sample.accelerator ? .unreachable("timeout") : nil }
        fleet.run(for: .hours(2))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(52) + .seconds(3))
    }

    @Test func `D12: a user who returns between the decision and the stop is not stopped`() {
        let policy = Sample.policy(Sample.idle())
        var notebook = SimulatedNotebook("a", age: .minutes(10))
        // The decision falls at 12:50:00; its evidence is looked at once more after that.
        notebook.work = [noon + .minutes(50) + .milliseconds(1)..<noon + .minutes(55)]
        let fleet = SimulatedFleet(policy, [notebook])
        fleet.run(for: .hours(1))
        #expect(fleet.gathers.count == 1)
        #expect(fleet.calls.isEmpty)
        guard case .overtaken(let reasons)? = fleet.outcomes(of: "a").first else {
            Issue.record("not overtaken")
            return
        }
        #expect(reasons.contains { $0.code == "active" })
    }

    @Test func `D12: a user who returns while the evidence is looked at, and is seen, is not stopped`() {
        var notebook = SimulatedNotebook("a", age: .minutes(10))
        notebook.work = [noon + .minutes(50) + .seconds(2)..<noon + .minutes(55)]
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [notebook])
        fleet.faults.lookTime = { _ in .seconds(4) }
        fleet.run(for: .hours(1))
        #expect(fleet.calls.isEmpty)
    }

    @Test func `I2: evidence that fails in the last look takes the stop back`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [SimulatedNotebook("a", age: .minutes(10))])
        let deadline = noon + .minutes(50)
        fleet.faults.look = { _, _, now in now >= deadline && now < deadline + .minutes(2) ? .unreachable("x") : nil }
        fleet.run(for: .hours(1))
        #expect(fleet.outcomes(of: "a").count == 2)
        #expect(fleet.stops(of: "a").first.map { $0 >= deadline + .minutes(2) } == true)
    }

    @Test func `I2: an older look that answers late does not speak for one that failed`() {
        // One look hangs over the deadline and answers "idle" after the gathering's own look failed.
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [SimulatedNotebook("a", age: .minutes(10))])
        fleet.run(until: noon + .minutes(49) + .seconds(55))
        let id = fleet.id("a")
        var state = fleet.state
        let deadline = noon + .minutes(50)
        let attempt = begin(&state, at: deadline)
        guard let attempt else {
            Issue.record("no attempt")
            return
        }
        let late = Observation(
            source: Sample.jupyter,
            activity: .idle(since: noon - .minutes(10)),
            observedAt: deadline + .seconds(2)
        )
        _ = state.handle(.looked(id, [late]), now: deadline + .seconds(2))
        let failed = Observation(
            source: Sample.jupyter,
            activity: .unknown(.unreachable("x")),
            observedAt: deadline + .seconds(1)
        )
        let facts = FreshFacts(notebook: fleet.truth("a").reading, readAt: deadline, observations: [failed])
        let effects = state.handle(.gathered(attempt, .success(facts)), now: deadline + .seconds(3))
        #expect(!effects.contains { if case .call = $0 { true } else { false } })
    }

    @Test func `D18: a look from a run that has ended is no evidence about the next one`() {
        let fleet = fleet()
        fleet.faults.lookTime = { _ in .seconds(90) }
        fleet.at(noon + .seconds(30)) { $0.change("a") { $0.restart(at: fleet.now) } }
        fleet.run(for: .minutes(50))
        #expect(fleet.calls.isEmpty)
    }

    @Test func `a source that goes stale by its maxAge is looked at again only when it can matter`() {
        let uses = [EvidenceRequirement.Use(source: Sample.jupyter, maxAge: .minutes(5))]
        var notebook = SimulatedNotebook("a")
        notebook.work = [noon - .hours(1)..<noon + .days(2)]
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(sources: uses)), [notebook])
        fleet.run(for: .hours(24))
        #expect(fleet.calls.isEmpty)
        #expect(fleet.looks(at: "a").count <= 26)
    }

    /// Ticks at the deadline and lets the intent be kept; the attempt that now gathers.
    private func begin(_ state: inout EngineState, at now: Timestamp) -> AttemptID? {
        for effect in state.handle(.tick, now: now) {
            if case .record(_, let id?) = effect {
                _ = state.handle(.intentRecorded(id, failure: nil), now: now)
                return id
            }
        }
        return nil
    }
}
