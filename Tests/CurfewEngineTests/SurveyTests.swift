// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("A source that sums up a span for the whole fleet")
struct SurveyTests {
    private static let budget = Duration.minutes(20)
    private static let lag = Duration.minutes(5)
    private static let lastUse = noon + .hours(2)

    /// A fleet whose metrics say what its users do.
    private func fleet(
        _ notebooks: [SimulatedNotebook],
        sources: [EvidenceName] = [Sample.accelerator],
        warn: Duration? = nil,
        whileActive: IdleBudget.WhileActive = .leave
    ) -> SimulatedFleet {
        let uses = sources.map { EvidenceRequirement.Use(source: $0) }
        var policy = Sample.policy(
            Sample.idle(Self.budget, sources: uses, warn: warn, whileActive: whileActive),
            guards: GuardSettings(stops: GuardSettings.Stops(percent: 100))
        )
        let metrics = PrometheusSettings(
            endpoint: "https://metrics.example.com",
            query: "max_over_time(use[{window}])",
            notebookLabel: "service_id",
            lag: Self.lag
        )
        policy.evidence.append(EvidenceSource(name: Sample.accelerator, kind: .prometheus(metrics)))
        let fleet = SimulatedFleet(policy, notebooks)
        fleet.promises.budget = { _ in Self.budget }
        return fleet
    }

    private func used(_ name: String = "a", leaseLeft: Duration = .hours(100)) -> SimulatedNotebook {
        var notebook = SimulatedNotebook(name, leaseLeft: leaseLeft)
        notebook.work = [noon - .hours(3)..<Self.lastUse]
        return notebook
    }

    @Test("I3, I4: a stop comes a poll after last use, budget and lag, never after twice the budget")
    func punctual() {
        let fleet = fleet([used()])
        fleet.run(for: .hours(4))
        let due = Self.lastUse + Self.budget + Self.lag
        #expect(fleet.stops(of: "a").count == 1)
        #expect(fleet.stops(of: "a").first.map { $0 >= due && $0 <= due + .minutes(1) + .seconds(2) } == true)
    }

    @Test func `I3, I4: together with Jupyter, whichever saw the later use decides`() {
        let fleet = fleet([used()], sources: [Sample.jupyter, Sample.accelerator])
        fleet.run(for: .hours(4))
        let due = Self.lastUse + Self.budget + Self.lag
        #expect(fleet.stops(of: "a").first.map { $0 >= due && $0 <= due + .minutes(1) + .seconds(2) } == true)
    }

    @Test func `a warning is given once, and the stop follows it, even where it is longer than the window`() {
        let warn = Duration.hours(1)
        let fleet = fleet([used()], warn: warn)
        fleet.run(for: .hours(6))
        let warned = Self.lastUse + Self.budget + Self.lag
        #expect(fleet.stops(of: "a").count == 1)
        #expect(
            fleet.stops(of: "a").first.map { $0 >= warned + warn && $0 <= warned + warn + .minutes(1) + .seconds(2) }
                == true
        )
    }

    @Test func `use after a warning takes the warning back`() {
        var notebook = used()
        let back = Self.lastUse + Self.budget + Self.lag + .minutes(5)
        notebook.work.append(back..<back + .minutes(1))
        let fleet = fleet([notebook], warn: .minutes(10))
        fleet.run(for: .hours(5))
        let due = back + .minutes(1) + Self.budget + Self.lag + .minutes(10)
        #expect(fleet.stops(of: "a").first.map { $0 >= due && $0 <= due + .minutes(1) + .seconds(2) } == true)
    }

    @Test func `the whole fleet costs one question per sweep while it is in use`() {
        let fleet = fleet((0..<30).map { used("n\($0)") })
        fleet.run(for: .minutes(90))
        #expect((85...95).contains(fleet.surveys.count))
        #expect(fleet.looks.count <= 60)
        #expect(fleet.calls.isEmpty)
    }

    @Test func `D1: a source that says nothing of a notebook stops nothing`() {
        let fleet = fleet([used()])
        fleet.faults.look = { _, _, _ in .cannotTell("no series") }
        fleet.run(for: .hours(24))
        #expect(fleet.calls.isEmpty)
    }

    @Test func `what was missing and comes back is acted upon with the next sweep`() {
        let fleet = fleet([used()])
        let back = noon + .hours(5)
        fleet.faults.look = { _, _, now in now < back ? .cannotTell("no series") : nil }
        fleet.run(for: .hours(6))
        #expect(fleet.stops(of: "a").first.map { $0 >= back && $0 <= back + .minutes(1) + .seconds(2) } == true)
    }

    @Test func `I10: a question that hangs is not asked again meanwhile, and holds up neither sweeps nor Jupyter`() {
        var policy = fleet([]).state.policy
        let jupyter = [EvidenceRequirement.Use(source: Sample.jupyter)]
        policy.rules = [Sample.rule("j", Sample.idle(Self.budget, sources: jupyter))] + policy.rules
        var other = SimulatedNotebook("j-1", age: .hours(3))
        other.work = [noon - .hours(3)..<Self.lastUse]
        let fleet = SimulatedFleet(policy, [used(), other])
        fleet.promises.budget = { _ in Self.budget }
        fleet.faults.surveyTime = { _ in .hours(10) }
        fleet.run(for: .hours(3))
        #expect(fleet.surveys.count == 1)
        #expect(fleet.listings > 170)
        expectWithinASecond(fleet.stops(of: "j-1").first, of: Self.lastUse + Self.budget)
    }

    @Test func `the lease of a notebook in use is prolonged, although nobody knows when it was used`() {
        let fleet = fleet([used(leaseLeft: .minutes(50))], whileActive: .prolong)
        fleet.run(until: Self.lastUse)
        #expect(!fleet.renewals(of: "a").isEmpty)
        #expect(fleet.truth("a").ranOutAt == nil)
    }

    @Test func `D19: use in the run before is no use in this one, and costs the lag at most`() {
        var notebook = SimulatedNotebook("a")
        notebook.work = [noon - .hours(1)..<noon + .minutes(30)]
        let fleet = fleet([notebook])
        let restart = noon + .minutes(31)
        fleet.at(restart) { $0.change("a") { $0.restart(at: restart) } }
        fleet.run(for: .hours(2))
        let due = restart + Self.budget
        #expect(fleet.stops(of: "a").first.map { $0 >= due && $0 <= due + Self.lag + .minutes(2) } == true)
    }

    @Test func `surveys are in the ledger where they changed, and now and then where they did not`() {
        let fleet = fleet([used()], sources: [Sample.accelerator])
        fleet.run(for: .hours(2) + .minutes(24))
        let kept = fleet.ledger.compactMap { entry -> (at: Timestamp, activity: Activity)? in
            guard case .observed(_, let looks) = entry.event else { return nil }
            return looks.first { $0.source == Sample.accelerator }.map { (entry.at, $0.activity) }
        }
        // In use all the time: told every ten minutes.
        #expect((14...18).contains(kept.count))
        #expect(kept.allSatisfy { $0.activity == .active })
        fleet.run(for: .hours(1))
        #expect(fleet.stops(of: "a").count == 1)
        let last = fleet.ledger.compactMap { entry -> Activity? in
            guard case .observed(_, let looks) = entry.event else { return nil }
            return looks.first { $0.source == Sample.accelerator }?.activity
        }.last
        guard case .idle(let since)? = last else {
            Issue.record("the survey that made it idle is not in the ledger")
            return
        }
        #expect(since >= Self.lastUse - .minutes(2) && since <= Self.lastUse + .minutes(2))
    }
}
