// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import TestSupport
import Testing

@testable import FleetSimulation

/// What the ledger tells of a notebook at a past instant.
struct MomentTests {
    private let id = NotebookID("a")

    private func seen(_ status: NotebookStatus = .running, at instant: Timestamp) -> LedgerEntry {
        var notebook = Entry.notebook("a")
        notebook.status = status
        notebook.access = nil
        return LedgerEntry(at: instant, .seen(notebook))
    }

    private func looked(_ activity: Activity, at instant: Timestamp) -> LedgerEntry {
        let look = Observation(source: EvidenceName("jupyter"), activity: activity, observedAt: instant)
        return LedgerEntry(at: instant, .observed(id, [look]))
    }

    private func moment(_ entries: [LedgerEntry], at instant: Timestamp) async throws -> LedgerReader.Moment? {
        try await withLedger { ledger in
            try await ledger.daemon(records: entries)
            return try LedgerReader(directory: ledger.directory.path()).moment(of: id, at: instant, usageWithin: nil)
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: [3, 5])
    func `I14: explained at the instant of each stop that was made, the policy says stop by that rule`(
        seed: Int
    ) async throws {
        let fleet = RandomFleet.make(seed: UInt64(seed), weather: .calm, stops: 1_000) { Issue.record("\($0)") }
        fleet.run(for: .hours(20))
        let policy = RandomFleet.policy(.enforce, pollEvery: .seconds(300))
        try await withLedger { ledger in
            let open = try ledger.start().ledger
            for start in stride(from: 0, to: fleet.ledger.count, by: 500) {
                try await open.record(Array(fleet.ledger[start..<min(start + 500, fleet.ledger.count)]))
            }
            try open.close()
            let reader = try LedgerReader(directory: ledger.directory.path())
            var explained = 0
            for entry in fleet.ledger {
                guard case .intent(_, let notebook, let decision) = entry.event, decision.action == .stop else {
                    continue
                }
                let moment = try #require(try reader.moment(of: notebook.id, at: entry.at, usageWithin: nil))
                let record = try #require(moment.history.record(at: entry.at, marks: policy.marks))
                let explanation = Explanation(record, policy: policy, now: entry.at)
                #expect(
                    explanation.decision.action == .stop,
                    "\(notebook.id) at \(entry.at): \(explanation.decision.reasons)"
                )
                #expect(explanation.decision.rule == decision.rule)
                #expect(moment.past.actions.contains { $0.decidedAt == entry.at && $0.kind == .stop })
                explained += 1
            }
            #expect(explained > 3)
        }
    }

    @Test func `only looks that had been taken by then count`() async throws {
        let entries = [
            seen(at: noon), Entry.began(isStart: true), looked(.idle(since: noon), at: noon + .minutes(10)),
            looked(.active, at: noon + .minutes(30)), looked(.unknown(.noAccess), at: noon + .minutes(50)),
        ]
        for (minute, expected) in [(5, nil), (20, .idle(since: noon)), (40, .active)] as [(Int, Activity?)] {
            let instant = noon + .minutes(minute)
            let moment = try #require(try await moment(entries, at: instant))
            let record = try #require(moment.history.record(at: instant, marks: nil))
            #expect(record.observations.first?.activity == expected)
            #expect(record.runningSince == noon)
        }
    }

    @Test func `looks of the run before are forgotten`() async throws {
        let entries = [
            seen(at: noon), Entry.began(isStart: true), looked(.active, at: noon + .minutes(10)),
            seen(.stopped, at: noon + .minutes(20)), Entry.ended(at: noon + .minutes(20)),
            seen(at: noon + .minutes(30)), Entry.began(isStart: true, at: noon + .minutes(30)),
        ]
        let instant = noon + .minutes(40)
        let moment = try #require(try await moment(entries, at: instant))
        let record = try #require(moment.history.record(at: instant, marks: nil))
        #expect(record.observations.isEmpty)
        #expect(record.runningSince == noon + .minutes(30))
    }

    @Test func `the nearest of what was done, the holds and the policy of that time are told`() async throws {
        let notebook = RecordedAct.NamedNotebook(Entry.notebook("a"))
        let grant = Grant(until: noon + .days(1), reason: "demo", by: "bob", grantedAt: noon)
        var entries = [
            LedgerEntry(at: noon, .policy(digest: "d1", .enforce)), seen(at: noon),
            LedgerEntry(at: noon, .holdBegan(.outage(since: noon))),
            LedgerEntry(at: noon + .minutes(20), .holdEnded(.outage(since: noon))),
            LedgerEntry(at: noon + .minutes(30), .policy(digest: "d2", .observe)),
            LedgerEntry(at: noon + .seconds(380), .acted(1, .kept(notebook, grant))),
            LedgerEntry(at: noon + .seconds(390), .acted(2, .thawed(by: "eve"))),
            LedgerEntry(at: noon + .seconds(400), .warned(Entry.notebook("a"), rule: "idle", stopAt: noon)),
        ]
        for minute in 1...9 {
            entries.append(Entry.prolong(minute, at: noon + .minutes(minute)))
            entries.append(Entry.outcome(minute, at: noon + .minutes(minute)))
        }
        let past = try #require(try await moment(entries, at: noon + .minutes(7))).past
        #expect(past.actions.map(\.kind) == [.prolong, .prolong, .keep, .warn, .prolong, .prolong, .prolong])
        #expect(past.actions.map(\.decidedAt) == [300, 360, 380, 400, 420, 480, 540].map { noon + .seconds($0) })
        #expect(past.actions.first?.state == .confirmed && past.actions.first?.reasons.isEmpty == false)
        #expect(past.actions[2].person == "bob")
        #expect(past.holds.map(\.code) == ["held-outage"])
        #expect(past.policy == RecordedPast.PolicyInForce(digest: "d1", mode: "enforce", since: noon))
        #expect(past.isWatched)
        let later = try #require(try await moment(entries, at: noon + .days(2))).past
        #expect(later.holds.isEmpty)
        #expect(later.policy?.digest == "d2")
        #expect(!later.isWatched)
    }

    @Test func `runs are as they were known then`() {
        let traits = RunTraits(owner: .init(name: "alice", id: nil), flavor: nil, workspace: nil)
        func run(_ end: UsageRun.End) -> UsageRun { UsageRun(notebook: id, traits: traits, began: noon, end: end) }
        let before = noon + .minutes(5)
        #expect(run(.ended(noon + .minutes(10))).known(at: before)?.end == .ongoing)
        #expect(run(.ended(noon + .minutes(1))).known(at: before)?.end == .ended(noon + .minutes(1)))
        #expect(run(.ongoing).known(at: noon - .minutes(1)) == nil)
    }
}
