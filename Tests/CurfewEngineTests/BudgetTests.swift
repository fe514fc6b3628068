// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("spent: budgets take effect to the millisecond, over starts, ends, restarts and failures")
struct BudgetTests {
    private func policy(_ budget: UsageBudget, _ outcome: Outcome = .stop(warn: nil)) -> Policy {
        Sample.policy(rules: [Rule(name: "budget", match: Selector([.spent(budget)]), outcome: outcome)])
    }

    private func hours(_ hours: Int, _ within: UsageBudget.Window = .day, warnAt: Int? = nil) -> UsageBudget {
        UsageBudget(per: .owner, within: within, hours: .hours(hours), warnAt: warnAt)
    }

    /// A fleet in which nothing asks for idleness.
    private func fleet(_ policy: Policy, _ notebooks: SimulatedNotebook...) -> SimulatedFleet {
        let fleet = SimulatedFleet(policy, notebooks)
        fleet.promises.budget = { _ in nil }
        return fleet
    }

    /// When the ledger says that a run of the notebook began.
    private func begun(_ name: String, _ fleet: SimulatedFleet) -> [Timestamp] {
        fleet.ledger.compactMap { entry in
            if case .runBegan(let notebook, _) = entry.event, notebook.name == name { entry.at } else { nil }
        }
    }

    /// When stops of the notebook were intended.
    private func intents(_ name: String, _ fleet: SimulatedFleet) -> [Timestamp] {
        fleet.ledger.compactMap { entry in
            guard case .intent(_, let notebook, let decision) = entry.event else { return nil }
            return notebook.name == name && decision.action == .stop ? entry.at : nil
        }
    }

    private func warnings(_ fleet: SimulatedFleet) -> [(at: Timestamp, figure: String)] {
        fleet.reports.compactMap { at, report in
            if case .budgetNearlySpent(let figure) = report { (at, figure.description) } else { nil }
        }
    }

    @Test func `I4: the stop is decided in the millisecond in which more than the budget is used, and sent`() throws {
        let fleet = fleet(policy(hours(2)), SimulatedNotebook("a"))
        fleet.run(for: .hours(3))
        let began = try #require(begun("a", fleet).first)
        #expect(intents("a", fleet) == [began + .hours(2) + .milliseconds(1)])
        expectWithinASecond(fleet.stops(of: "a").first, of: began + .hours(2))
        #expect(fleet.outcomes(of: "a") == [.confirmed])
        let reasons = fleet.decisions(about: "a").last { $0.action == .stop }?.reasons.map(\.description)
        #expect(reasons?.last == "used 2h of 2h by owner alice today")
    }

    @Test func `a neighbour's start brings the crossing nearer, for all of the group at once`() throws {
        let fleet = fleet(policy(hours(3)), SimulatedNotebook("a"))
        fleet.at(noon + .hours(1)) { $0.add(SimulatedNotebook("b", age: .zero, at: $0.now)) }
        fleet.run(for: .hours(3))
        let (first, second) = (try #require(begun("a", fleet).first), try #require(begun("b", fleet).first))
        // Two run for the last stretch: what is left of three hours at the second start takes half as long.
        let left = Duration.hours(3) - (second - first)
        let crossing = second + .milliseconds(left.wholeMilliseconds / 2 + 1)
        #expect(intents("a", fleet) == [crossing])
        #expect(intents("b", fleet) == [crossing])
    }

    @Test func `a neighbour's end puts the crossing off`() throws {
        let fleet = fleet(policy(hours(3)), SimulatedNotebook("a"), SimulatedNotebook("b"))
        fleet.at(noon + .hours(1)) { $0.change("b") { $0.stop(at: fleet.now) } }
        fleet.run(for: .hours(4))
        #expect(intents("b", fleet).isEmpty)
        // An hour of b, as long as it was seen, and two of a.
        let crossing = try #require(intents("a", fleet).first)
        #expect(crossing > noon + .hours(2) - .minutes(2))
        #expect(crossing <= noon + .hours(2) + .seconds(1))
    }

    @Test func `other owners' notebooks run on`() {
        var other = SimulatedNotebook("b")
        other.owner = Notebook.Owner(name: "bob")
        let fleet = fleet(policy(hours(3)), SimulatedNotebook("a"), other)
        fleet.run(for: .hours(4))
        #expect(fleet.stops(of: "a").count == 1)
        #expect(fleet.stops(of: "b").count == 1)
        #expect(fleet.stops(of: "a") == fleet.stops(of: "b"))
        let alone = self.fleet(policy(hours(5)), SimulatedNotebook("a"), SimulatedNotebook("a2"), other)
        alone.run(for: .hours(4))
        #expect(alone.stops(of: "a").count == 1)
        #expect(alone.stops(of: "b").isEmpty)
    }

    @Test func `usage survives a restart, and a run that went on meanwhile counts as one`() throws {
        let fleet = fleet(policy(hours(2)), SimulatedNotebook("a"))
        fleet.at(noon + .hours(1)) { $0.crash(for: .minutes(10)) }
        fleet.run(for: .hours(3))
        let began = try #require(begun("a", fleet).first)
        #expect(fleet.generation == 1)
        #expect(intents("a", fleet) == [began + .hours(2) + .milliseconds(1)])
    }

    @Test func `a run that may have ended while no daemon lived counts for nothing but what was seen`() throws {
        let fleet = fleet(policy(hours(2)), SimulatedNotebook("a"))
        fleet.at(noon + .minutes(60)) { $0.crash(for: .minutes(30)) }
        fleet.at(noon + .minutes(80)) { $0.change("a") { $0.restart(at: fleet.now) } }
        fleet.run(for: .hours(5))
        // One hour until the crash, and one from the first look of the new daemon on.
        let crossing = try #require(intents("a", fleet).first)
        #expect(crossing >= noon + .minutes(150))
        #expect(crossing <= noon + .minutes(152))
    }

    @Test func `a new day begins with a whole budget`() throws {
        let fleet = fleet(policy(hours(11)), SimulatedNotebook("a"))
        fleet.at(noon + .hours(13)) { $0.change("a") { $0.start(at: fleet.now) } }
        fleet.run(for: .hours(36))
        let began = begun("a", fleet)
        try #require(began.count == 2)
        #expect(intents("a", fleet) == began.map { $0 + .hours(11) + .milliseconds(1) })
    }

    @Test func `a notebook that runs over midnight lives again if its stop was not due by then`() {
        // Stops are held by an outage until the day is over.
        let fleet = fleet(policy(hours(11)), SimulatedNotebook("a"))
        fleet.faults.pagesBeforeListingFails = { $0 > noon + .hours(10) && $0 < noon + .hours(13) ? 0 : nil }
        fleet.run(for: .hours(20))
        #expect(fleet.stops(of: "a").isEmpty)
    }

    @Test func `the warning comes at its share, once a day, and not again after a restart`() throws {
        let fleet = fleet(policy(hours(20, warnAt: 50)), SimulatedNotebook("a"))
        fleet.at(noon + .hours(10) + .minutes(30)) { $0.crash(for: .minutes(1)) }
        fleet.run(for: .hours(40))
        let began = try #require(begun("a", fleet).first)
        let warnings = warnings(fleet)
        try #require(warnings.count == 2)
        #expect(warnings[0].at == began + .hours(10))
        #expect(warnings[0].figure == "used 10h of 20h by owner alice today")
        // The next day from midnight on.
        #expect(warnings[1].at == noon + .hours(22))
        let told = fleet.decisions(about: "a").filter { $0.reasons.contains { $0.code == "budget-nearly-spent" } }
        #expect(!told.isEmpty)
    }

    @Test func `in a span the warning is not repeated while usage goes up and down at its share`() {
        let fleet = fleet(policy(hours(4, .span(.hours(8)), warnAt: 50)), SimulatedNotebook("a"))
        // An hour on, an hour off: the sum hovers about the half.
        for hour in stride(from: 1, to: 20, by: 2) {
            fleet.at(noon + .hours(hour)) { $0.change("a") { $0.stop(at: fleet.now) } }
            fleet.at(noon + .hours(hour + 1)) { $0.change("a") { $0.start(at: fleet.now) } }
        }
        fleet.run(for: .hours(20))
        #expect(warnings(fleet).count <= 3)
        #expect(warnings(fleet).count >= 1)
    }

    @Test func `I2: while the ledger cannot be read nothing is stopped by a budget, which is told once`() throws {
        let fleet = fleet(policy(hours(1)), SimulatedNotebook("a"))
        fleet.faults.ledgerFails = { $0 < noon + .hours(3) }
        fleet.run(for: .hours(6))
        let unknown = fleet.reports.filter { if case .usageUnknown = $0.report { true } else { false } }
        let known = fleet.reports.filter { if case .usageKnown = $0.report { true } else { false } }
        #expect(unknown.count == 1)
        #expect(known.count == 1)
        let since = try #require(known.first?.at)
        #expect(since >= noon + .hours(3))
        #expect(fleet.stops(of: "a").allSatisfy { $0 >= since })
        #expect(fleet.stops(of: "a").count == 1)
    }

    @Test func `I2: with a lost ledger no budget is known`() {
        let settings = EngineSettings(ledgerTrouble: "it was damaged")
        let fleet = SimulatedFleet(policy(hours(1)), [SimulatedNotebook("a")], settings: settings)
        fleet.promises.budget = { _ in nil }
        fleet.run(for: .hours(3))
        #expect(fleet.stops(of: "a").isEmpty)
        #expect(fleet.decisions(about: "a").allSatisfy { $0.rule == nil })
    }

    @Test func `a policy that brings the first budget knows what was used before`() throws {
        let fleet = fleet(Sample.policy(rules: []), SimulatedNotebook("a"))
        let next = policy(hours(2))
        fleet.at(noon + .hours(1)) { $0.deliver(.reload(next)) }
        fleet.run(for: .hours(3))
        let began = try #require(begun("a", fleet).first)
        #expect(intents("a", fleet) == [began + .hours(2) + .milliseconds(1)])
    }

    @Test func `a policy with another limit needs no look into the ledger`() throws {
        let fleet = fleet(policy(hours(9)), SimulatedNotebook("a"))
        let next = policy(hours(2))
        fleet.at(noon + .hours(1)) { fleet in
            fleet.faults.ledgerFails = { $0 < noon + .hours(1) + .minutes(30) }
            fleet.deliver(.reload(next))
        }
        fleet.run(for: .hours(3))
        let began = try #require(begun("a", fleet).first)
        #expect(intents("a", fleet) == [began + .hours(2) + .milliseconds(1)])
    }

    @Test func `a notebook that gets another owner counts for that one from then on`() throws {
        let fleet = fleet(policy(hours(2)), SimulatedNotebook("a"))
        fleet.at(noon + .hours(1)) { $0.change("a") { $0.owner = Notebook.Owner(name: "bob") } }
        fleet.run(for: .hours(4))
        let began = begun("a", fleet)
        try #require(began.count == 2)
        #expect(intents("a", fleet) == [began[1] + .hours(2) + .milliseconds(1)])
    }

    @Test func `what nobody saw during an outage does not count, if the notebook was restarted in it`() throws {
        let fleet = fleet(policy(hours(3)), SimulatedNotebook("a"))
        fleet.faults.pagesBeforeListingFails = { $0 > noon + .hours(1) && $0 < noon + .hours(2) ? 0 : nil }
        fleet.at(noon + .minutes(90)) { $0.change("a") { $0.restart(at: fleet.now) } }
        fleet.run(for: .hours(6))
        let crossing = try #require(intents("a", fleet).first)
        #expect(crossing >= noon + .hours(4) - .minutes(2))
    }

    @Test func `a clock that is set forward adds nothing to what was used`() throws {
        let fleet = fleet(policy(hours(6, .span(.days(2)))), SimulatedNotebook("a"))
        fleet.at(noon + .hours(1)) { $0.setClock(by: .hours(5)) }
        fleet.run(for: .hours(9))
        let stop = try #require(fleet.stops(of: "a").first)
        #expect(stop >= noon + .hours(6) - .minutes(2))
    }

    @Test func `a clock that is set back adds nothing either, and breaks nothing`() throws {
        let fleet = fleet(policy(hours(6, .span(.days(2)))), SimulatedNotebook("a"))
        fleet.at(noon + .hours(2)) { $0.setClock(by: .hours(-5)) }
        fleet.run(for: .hours(14))
        let stop = try #require(fleet.stops(of: "a").first)
        #expect(stop >= noon + .hours(6) - .minutes(2))
    }

    @Test func `D15: the warning of a stop by budget comes first, and is not given twice`() throws {
        let fleet = fleet(policy(hours(2), .stop(warn: .minutes(15))), SimulatedNotebook("a"))
        fleet.run(for: .hours(3))
        let began = try #require(begun("a", fleet).first)
        #expect(fleet.warnings(of: "a") == [began + .hours(2) + .milliseconds(1)])
        expectWithinASecond(fleet.stops(of: "a").first, of: began + .hours(2) + .minutes(15))
    }
}
