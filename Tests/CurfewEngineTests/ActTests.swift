// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

/// What people do to the daemon: freeze and thaw.
@Suite(.timeLimit(.minutes(20)))
struct FreezeTests {
    private func fleet(_ names: String..., idleFor span: Duration = .hours(3)) -> SimulatedFleet {
        SimulatedFleet(Sample.policy(Sample.idle()), names.map { .idle($0, for: span) })
    }

    @Test func `a freeze holds every stop until it is thawed, and survives a restart`() {
        let fleet = fleet("a")
        fleet.at(noon + .minutes(1)) { $0.act(.freeze(reason: "looks wrong"), by: "alice") }
        fleet.at(noon + .hours(1)) { $0.crash(for: .minutes(1)) }
        fleet.run(for: .hours(5))
        #expect(fleet.stops(of: "a").isEmpty)
        #expect(
            fleet.state.standingHolds == [
                .frozen(HandFreeze(by: "alice", since: noon + .minutes(1), reason: "looks wrong"))
            ]
        )
        fleet.act(.thaw, by: "bob")
        fleet.run(for: .minutes(1))
        #expect(fleet.stops(of: "a").count == 1)
        #expect(fleet.holdsEnded.last == "held-frozen")
    }

    @Test func `renewals go on under a freeze, and warnings`() {
        let rules = [
            Sample.rule("kept", .keepAlive(KeepAlive())), Sample.rule("n", Sample.idle(warn: .minutes(10))),
        ]
        let notebooks = [SimulatedNotebook("kept-a", leaseLeft: .hours(1)), .idle("n-0", for: .hours(3))]
        let fleet = SimulatedFleet(Sample.policy(rules: rules), notebooks)
        fleet.act(.freeze(reason: nil))
        fleet.run(for: .hours(3))
        #expect(!fleet.renewals(of: "kept-a").isEmpty)
        #expect(!fleet.warnings(of: "n-0").isEmpty)
        #expect(fleet.stops(of: "n-0").isEmpty)
    }

    @Test func `I2: a freeze takes back the stop that is being verified`() {
        let fleet = fleet("a")
        fleet.faults.readTime = { _ in .seconds(4) }
        fleet.run(for: .minutes(5) + .seconds(2))
        #expect(fleet.tracked("a")?.attempt != nil)
        fleet.act(.freeze(reason: nil))
        fleet.run(for: .hours(1))
        #expect(fleet.stops(of: "a").isEmpty)
    }

    @Test func `a freeze holds at once while the ledger fails, says so, and is kept as soon as it works`() throws {
        let fleet = fleet("a")
        fleet.faults.ledgerFails = { $0 < noon + .minutes(20) }
        fleet.at(noon + .minutes(2)) { $0.act(.freeze(reason: nil)) }
        fleet.run(for: .minutes(3))
        guard case .success(.frozen(_, let notKept)) = try #require(fleet.answers.first).answer else {
            Issue.record("\(fleet.answers)")
            return
        }
        #expect(notKept == "disk full")
        #expect(fleet.state.standingHolds.contains { $0.code == "held-frozen" })
        fleet.run(for: .minutes(30))
        fleet.crash(for: .minutes(1))
        fleet.run(for: .hours(2))
        #expect(fleet.stops(of: "a").isEmpty)
        #expect(fleet.state.standingHolds.map(\.code) == ["held-frozen"])
    }

    @Test func `a thaw that the ledger cannot keep changes nothing`() throws {
        let fleet = fleet("a")
        fleet.at(noon + .minutes(1)) { $0.act(.freeze(reason: nil)) }
        fleet.faults.ledgerFails = { $0 > noon + .minutes(2) && $0 < noon + .minutes(4) }
        fleet.at(noon + .minutes(3)) { $0.act(.thaw) }
        fleet.run(for: .hours(1))
        #expect(fleet.answers.last?.answer == .failure(.notRecorded("disk full")))
        #expect(fleet.stops(of: "a").isEmpty)
    }

    @Test func `a freeze that comes while a thaw is being recorded stays`() {
        let fleet = fleet("a")
        fleet.faults.ledgerTime = .seconds(2)
        fleet.at(noon + .minutes(1)) { $0.act(.freeze(reason: nil), by: "alice") }
        fleet.at(noon + .minutes(2)) { $0.act(.thaw, by: "alice") }
        fleet.at(noon + .minutes(2) + .seconds(1)) { $0.act(.freeze(reason: "no!"), by: "bob") }
        fleet.run(for: .hours(1))
        #expect(fleet.stops(of: "a").isEmpty)
        #expect(fleet.state.fleet.freeze?.by == "bob")
    }

    @Test func `thawing ends the freeze by hand and no other hold`() {
        let fleet = fleet("a", "b", "c", "d", "e", "f")
        fleet.run(for: .minutes(10))
        fleet.act(.freeze(reason: nil))
        fleet.run(for: .minutes(1))
        fleet.act(.thaw)
        fleet.run(for: .hours(1))
        #expect(fleet.calls.isEmpty)
        guard case .success(.thawed(let stillHeld))? = fleet.answers.last?.answer else {
            Issue.record("\(fleet.answers)")
            return
        }
        #expect(stillHeld.map(\.code) == ["held-too-many-stops"])
    }

    @Test func `without a freeze there is nothing to thaw, and a daemon that ends takes no acts`() {
        let fleet = fleet("a")
        fleet.run(for: .minutes(1))
        fleet.act(.thaw)
        #expect(fleet.answers.last?.answer == .failure(.notFrozen))
        fleet.deliver(.shutdown)
        fleet.act(.freeze(reason: nil))
        #expect(fleet.answers.last?.answer == .failure(.ending))
    }
}

/// What people do to the daemon: keep and release.
@Suite(.timeLimit(.minutes(20)))
struct KeepTests {
    private static let marked = Rule(name: "marked", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive()))
    private static let others = Rule(name: "others", outcome: Sample.idle())

    private func fleet(_ rules: [Rule] = [marked, others], _ marks: MarkSettings? = nil) -> SimulatedFleet {
        var policy = Sample.policy(rules: rules)
        policy.marks = marks
        let fleet = SimulatedFleet(policy, [SimulatedNotebook("a")])
        fleet.promises.isProtected = { _ in false }
        fleet.run(for: .minutes(1))
        return fleet
    }

    private func keep(_ fleet: SimulatedFleet, _ span: Duration) -> Result<ActOutcome, ActRefusal>? {
        fleet.act(.keep(fleet.id("a"), .lasting(span), reason: nil), by: "alice")
        fleet.run(for: .seconds(1))
        return fleet.answers.last?.answer
    }

    @Test func `the answer tells until when it holds, by which rule, and whether that rule asks for it`() throws {
        let fleet = fleet([Self.marked, Self.others], MarkSettings(tag: "keep-alive", longest: .days(2)))
        guard case .success(.kept(let kept)) = try #require(keep(fleet, .days(9))) else {
            Issue.record("\(fleet.answers)")
            return
        }
        #expect(kept.until == kept.grant.grantedAt + .days(2))
        #expect(kept.rule == "marked" && kept.isInEffect)
    }

    @Test func `an earlier rule that asks for no marks decides all the same, and the answer says so`() throws {
        let fleet = fleet([Rule(name: "first", outcome: Sample.idle()), Self.marked])
        guard case .success(.kept(let kept)) = try #require(keep(fleet, .days(9))) else {
            Issue.record("\(fleet.answers)")
            return
        }
        #expect(kept.rule == "first" && !kept.isInEffect)
    }

    @Test func `what the policy forbids is refused with the reason`() {
        #expect(keep(fleet([Self.others]), .days(1)) == .failure(.marksUnused))
        let fleet = fleet([Self.marked, Self.others], MarkSettings(tag: "keep-alive", longest: .hours(2)))
        let begun = fleet.clock
        _ = keep(fleet, .hours(9))
        fleet.run(for: .hours(3))
        #expect(keep(fleet, .hours(9)) == .failure(.keptTooLong(since: begun, longest: .hours(2))))
        #expect(fleet.act(.keep(fleet.id("a"), .until(noon), reason: nil)) > 0)
        #expect(fleet.answers.last?.answer == .failure(.endIsOver(noon)))
    }

    @Test func `I1: a grant that the ledger cannot keep is refused and keeps nothing`() {
        let fleet = fleet()
        fleet.faults.ledgerFails = { $0 < noon + .minutes(3) }
        #expect(keep(fleet, .days(1)) == .failure(.notRecorded("disk full")))
        fleet.run(for: .hours(2))
        #expect(fleet.stops(of: "a").count == 1)
    }

    @Test func `what nobody granted cannot be released, and an unknown notebook is named`() {
        let fleet = fleet()
        fleet.act(.release(fleet.id("a")))
        #expect(fleet.answers.last?.answer == .failure(.notKept(name: "a")))
        fleet.act(.release(NotebookID("nobody")))
        #expect(fleet.answers.last?.answer == .failure(.unknownNotebook(NotebookID("nobody"))))
    }
}

extension SimulatedNotebook {
    /// A notebook that nobody has used for so long.
    static func idle(_ name: String, for span: Duration) -> SimulatedNotebook {
        var notebook = SimulatedNotebook(name)
        notebook.work = [noon - span - .hours(1)..<noon - span]
        return notebook
    }
}
