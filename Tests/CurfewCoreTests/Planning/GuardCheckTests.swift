// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct GuardCheckTests {
    @Test(
        arguments: [
            // due, recent, running, limit that was passed
            (5, 0, 20, nil), (6, 0, 20, 5), (0, 6, 20, 5), (3, 3, 20, 5), (0, 0, 0, nil), (10, 0, 100, nil),
            (11, 0, 100, 10), (10, 1, 109, 10), (100, 0, 1_000, nil), (101, 0, 1_000, 100), (6, 0, 0, 5),
        ] as [(Int, Int, Int, Int?)]
    )
    func `I6: the limit is the larger of the count and the percentage, rounded down`(
        due: Int,
        recent: Int,
        running: Int,
        limit: Int?
    ) {
        let settings = GuardSettings.Stops(count: 5, percent: 10, within: .minutes(10))
        let hold = GuardCheck.stops(due: due, recent: recent, running: running, settings: settings)
        #expect(hold == limit.map { .tooManyStops(due: due + recent, limit: $0) })
    }

    @Test(arguments: [
        // unknown, looked, blind
        (2, 2, false), (3, 3, true), (3, 6, false), (3, 5, true), (4, 7, true), (4, 8, false), (0, 0, false),
        (50, 100, false), (51, 100, true),
    ])
    func `blindness needs more than the share, and at least three`(unknown: Int, looked: Int, isBlind: Bool) {
        let hold = GuardCheck.blind(unknown: unknown, looked: looked, settings: GuardSettings.Blind(percent: 50))
        #expect(hold == (isBlind ? .blind(unknown: unknown, of: looked) : nil))
    }

    private func world(_ count: Int, running: Int? = nil, recent: Int = 0, holds: [Hold] = []) -> World {
        let records = (0..<count).map { index in
            var notebook = Sample.notebook()
            notebook.id = NotebookID("n-\(index)")
            return Sample.record(notebook)
        }
        return World(records: records, running: running, recentStops: recent, holds: holds)
    }

    @Test(arguments: [
        (5, 0, false), (6, 0, true), (1, 5, true), (0, 9, false),
    ])
    func `I6: over the limit all stops of a plan are held, below it none is`(count: Int, recent: Int, isHeld: Bool) {
        let plan = Planner.plan(world(count, recent: recent), policy: Sample.policy(.stop(warn: nil)), now: noon)
        #expect(plan.decisions.count == count)
        #expect(plan.holds.isEmpty == !isHeld)
        for decision in plan.decisions {
            #expect(decision.action == (isHeld ? .leave : .stop))
            #expect(decision.reasons.first?.code == (isHeld ? "held-too-many-stops" : "stop-rule"))
        }
    }

    @Test(arguments: [
        Hold.coldStart(until: nil), .coldStart(until: noon), .outage(since: noon), .blind(unknown: 3, of: 3),
        .tooManyStops(due: 9, limit: 5),
    ])
    func `I13: any hold of the engine holds every stop, and says why`(hold: Hold) {
        let plan = Planner.plan(world(2, holds: [hold]), policy: Sample.policy(.stop(warn: nil)), now: noon)
        #expect(plan.holds == [hold])
        #expect(plan.decisions.allSatisfy { $0.action == .leave && $0.reasons.first == .held(hold) })
        #expect(!hold.description.isEmpty)
        #expect(hold.code.hasPrefix("held-"))
    }

    @Test func `a hold holds nothing but stops`() {
        let record = Sample.record(Sample.notebook(lease: Sample.lease(left: .minutes(5))))
        let world = World(records: [record], holds: [.outage(since: noon)])
        let plan = Planner.plan(world, policy: Sample.policy(.keepAlive(KeepAlive())), now: noon)
        #expect(plan.decisions.first?.action == .prolong(.hours(2), .timing))
    }

    @Test func `a plan keeps the order of the world and counts what runs by itself`() {
        let world = world(40)
        #expect(world.running == 40)
        let plan = Planner.plan(world, policy: Sample.policy(.exempt), now: noon)
        #expect(plan.decisions.map(\.notebook) == world.records.map(\.notebook.id))
    }
}
