// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("I9: a reload replans at once, and forgets nothing that still counts")
struct ReloadTests {
    private func fleet(_ policy: Policy, idleSince span: Duration = .hours(3), lease: Duration = .hours(99))
        -> SimulatedFleet
    {
        var notebook = SimulatedNotebook("a", leaseLeft: lease)
        notebook.work = [noon - span - .hours(1)..<noon - span]
        return SimulatedFleet(policy, [notebook])
    }

    @Test func `observe to enforce lets stops go that were due, at once and without another cold start`() {
        let fleet = fleet(Sample.policy(Sample.idle(), mode: .observe))
        fleet.run(for: .minutes(30))
        #expect(fleet.calls.isEmpty)
        fleet.deliver(.reload(Sample.policy(Sample.idle())))
        fleet.run(for: .minutes(2))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(30))
    }

    @Test func `observe to enforce lets renewals go that were due`() {
        let fleet = fleet(Sample.policy(.keepAlive(KeepAlive()), mode: .observe), lease: .minutes(100))
        fleet.promises.leasesMayRunOut = true
        fleet.run(for: .minutes(80))
        fleet.deliver(.reload(Sample.policy(.keepAlive(KeepAlive()))))
        fleet.run(for: .minutes(2))
        expectWithinASecond(fleet.renewals(of: "a").first, of: noon + .minutes(80))
    }

    @Test(arguments: [false, true])
    func `a person's reload is in force at once, kept with the name, and told as such where it cannot be yet`(
        ledgerFails: Bool
    ) throws {
        let fleet = fleet(Sample.policy(Sample.idle(), mode: .observe))
        fleet.run(for: .minutes(2))
        fleet.faults.ledgerFails = { ledgerFails && $0 < noon + .minutes(10) }
        let act = fleet.act(.reload(Sample.policy(Sample.idle())), by: "alice")
        #expect(fleet.state.policy.mode == .enforce)
        fleet.run(for: .minutes(7))
        let answer = try #require(fleet.answers.first { $0.number == act }).answer
        guard case .success(.reloaded(let notKept)) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect((notKept != nil) == ledgerFails)
        #expect(fleet.stops(of: "a").isEmpty == ledgerFails)
        fleet.run(for: .minutes(10))
        let kept = fleet.ledger.filter { if case .acted(act, .reloaded("alice")) = $0.event { true } else { false } }
        #expect(kept.count == 1)
    }

    @Test func `I7: enforce to observe takes back what is not out yet`() {
        let fleet = fleet(Sample.policy(Sample.idle()), idleSince: .minutes(40))
        fleet.faults.lookTime = { _ in .seconds(4) }
        fleet.at(noon + .minutes(20) + .seconds(2)) {
            $0.deliver(.reload(Sample.policy(Sample.idle(), mode: .observe)))
        }
        fleet.run(for: .hours(2))
        #expect(fleet.gathers.count == 1)
        #expect(fleet.calls.isEmpty)
    }

    @Test func `I7: enforce to observe ends what waits for its next try`() {
        let fleet = fleet(Sample.policy(Sample.idle()))
        fleet.faults.call = { _, _ in .refused(.transient) }
        fleet.run(for: .minutes(8))
        let before = fleet.calls.count
        #expect(before > 0)
        fleet.deliver(.reload(Sample.policy(Sample.idle(), mode: .observe)))
        fleet.run(for: .hours(3))
        #expect(fleet.calls.count == before)
    }

    @Test func `a longer budget takes back a stop that is being verified`() {
        let fleet = fleet(Sample.policy(Sample.idle()), idleSince: .minutes(40))
        fleet.faults.lookTime = { _ in .seconds(4) }
        fleet.promises.budget = { _ in nil }
        fleet.at(noon + .minutes(20) + .seconds(2)) { $0.deliver(.reload(Sample.policy(Sample.idle(.hours(2))))) }
        fleet.run(for: .hours(3))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(80) + .seconds(4))
    }

    @Test func `a shorter budget is held against what is known, and stops what is over it`() {
        let fleet = fleet(Sample.policy(Sample.idle(.hours(9))))
        fleet.promises.budget = { _ in nil }
        fleet.run(for: .minutes(30))
        fleet.deliver(.reload(Sample.policy(Sample.idle(.hours(1)))))
        fleet.run(for: .minutes(2))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(30))
    }

    @Test func `I2: evidence that is gathered by the old policy's probes orders nothing under the new one`() {
        let fleet = fleet(Sample.policy(Sample.idle()), idleSince: .minutes(40))
        fleet.faults.lookTime = { _ in .seconds(4) }
        var policy = Sample.policy(Sample.idle())
        policy.evidence = [
            EvidenceSource(name: Sample.jupyter, kind: .jupyter(JupyterSettings(connectionIsActive: true)))
        ]
        // To the new probes the notebook is in use.
        let reload = noon + .minutes(20) + .seconds(3)
        fleet.at(reload) { fleet in
            fleet.deliver(.reload(policy))
            fleet.change("a") { $0.work.append(reload..<reload + .hours(9)) }
        }
        fleet.run(for: .hours(3))
        #expect(fleet.calls.isEmpty)
    }

    @Test func `an unchanged policy changes nothing but a report`() {
        let fleet = fleet(Sample.policy(Sample.idle()), idleSince: .minutes(40))
        fleet.run(for: .minutes(10))
        let told = fleet.decisions(about: "a").count
        let looks = fleet.looks.count
        fleet.deliver(.reload(Sample.policy(Sample.idle())))
        #expect(fleet.decisions(about: "a").count == told)
        fleet.run(for: .minutes(9))
        #expect(fleet.looks.count == looks)
        fleet.run(for: .hours(1))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(20))
    }

    @Test func `marks that begin to count keep at once`() {
        let rules = [
            Rule(name: "marked", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive())),
            Rule(name: "others", outcome: Sample.idle()),
        ]
        let fleet = fleet(Sample.policy(rules: rules), idleSince: .minutes(10))
        fleet.change("a") { $0.tags["keep-alive"] = "true" }
        fleet.run(for: .minutes(30))
        fleet.deliver(.reload(Sample.policy(rules: rules, marks: Sample.marks)))
        fleet.run(for: .hours(3))
        #expect(fleet.stops(of: "a").isEmpty)
        #expect(fleet.tracked("a")?.decision.rule == "marked")
    }

    @Test func `a rule that is gone ends the stop that it wanted`() {
        let fleet = fleet(Sample.policy(Sample.idle()))
        fleet.faults.call = { _, _ in .refused(.transient) }
        fleet.run(for: .minutes(8))
        let before = fleet.calls.count
        fleet.deliver(.reload(Sample.policy(.exempt)))
        fleet.run(for: .hours(2))
        #expect(fleet.calls.count == before)
        #expect(fleet.outcomes(of: "a").last == .overtaken([.exempt]))
    }

    @Test func `D15: another rule's warning does not count after a reload`() {
        let warned = Sample.idle(warn: .minutes(10))
        let fleet = fleet(Sample.policy(warned), idleSince: .minutes(40))
        fleet.run(for: .minutes(15))
        #expect(fleet.warnings(of: "a").count == 1)
        fleet.deliver(.reload(Sample.policy(rules: [Rule(name: "renamed", outcome: warned)])))
        fleet.run(for: .hours(1))
        #expect(fleet.warnings(of: "a").count == 2)
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .minutes(25))
    }

    @Test func `a policy without any rule for it leaves a notebook alone`() {
        let fleet = fleet(Sample.policy(Sample.idle()), idleSince: .minutes(40))
        fleet.run(for: .minutes(10))
        fleet.deliver(.reload(Sample.policy(rules: [])))
        fleet.run(for: .hours(5))
        #expect(fleet.calls.isEmpty)
        #expect(fleet.decisions(about: "a").last?.reasons == [.noRule])
    }
}
