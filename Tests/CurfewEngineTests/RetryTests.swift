// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Testing

@Suite struct RetryTests {
    private let overdue = ModelNotebook.sample("a", idle: .seconds(7_200))

    @Test func `I12: a stop that fails is tried five times with growing pauses, then rarely, and stays visible`() {
        var rig = EngineRig(.sample(), [overdue])
        rig.fleet.notebooks[NotebookID("a")]?.stopFailures = Array(repeating: .sample(.transient), count: 1_000)
        rig.run(until: .after(120))
        #expect(rig.stops.count == 5)
        let pauses = zip(rig.stops, rig.stops.dropFirst()).map { $1.at - $0.at }
        #expect(pauses.allSatisfy { $0 >= .milliseconds(500) && $0 <= .seconds(61) })
        #expect(rig.count { if case .becameStuck = $0 { true } else { false } } == 1)
        rig.run(until: .after(120 + 4 * 3_600))
        #expect(rig.stops.count <= 5 + 16 + 1)
        #expect(rig.stops.count >= 5 + 15)
        #expect(rig.count { if case .becameStuck = $0 { true } else { false } } == 1)
    }

    @Test(arguments: [ServiceFailure.Kind.outcomeUnknown, .transient, .unintelligible, .throttled(retryAfter: nil)])
    func `a stop that happened although its call failed is sent once`(_ kind: ServiceFailure.Kind) {
        var rig = EngineRig(.sample(), [overdue])
        rig.fleet.notebooks[NotebookID("a")]?.stopFailures = [.sample(kind)]
        rig.fleet.notebooks[NotebookID("a")]?.refusedStopsApply = true
        rig.run(until: .after(600))
        #expect(rig.stops.count == 1)
        #expect(rig.count { if case .ended(_, _, .confirmed) = $0 { true } else { false } } == 1)
    }

    @Test func `a pause that the cloud asks for is kept`() throws {
        var rig = EngineRig(.sample(), [overdue])
        rig.fleet.notebooks[NotebookID("a")]?.stopFailures = [.sample(.throttled(retryAfter: .seconds(45)))]
        rig.run(until: .after(600))
        #expect(rig.stops.count == 2)
        #expect(rig.stops[1].at - rig.stops[0].at >= .seconds(45))
    }

    @Test func `every retry looks again: a user who comes back while a stop fails is not stopped`() {
        var rig = EngineRig(.sample(), [overdue])
        rig.fleet.notebooks[NotebookID("a")]?.stopFailures = Array(repeating: .sample(.busy), count: 3)
        rig.at(.after(2)) { fleet, now in fleet.notebooks[NotebookID("a")]?.lastActivity = now }
        rig.run(until: .after(1_000))
        #expect(rig.fleet.notebooks[NotebookID("a")]?.notebook.status == .running)
    }

    @Test func `a ledger that cannot keep the intent keeps the call from going out`() {
        var rig = EngineRig(.sample(), [overdue])
        rig.fleet.ledgerFailure = "disk full"
        rig.run(until: .after(600))
        #expect(rig.stops.isEmpty)
        #expect(rig.count { if case .ledgerFailed = $0 { true } else { false } } > 1)
        #expect(rig.turns < 3_000)
    }

    @Test func `a notebook that is gone when its stop is verified is forgotten`() {
        var rig = EngineRig(.sample(), [overdue])
        rig.at(.after(0.05)) { fleet, _ in fleet.notebooks = [:] }
        rig.run(until: .after(120))
        #expect(rig.stops.isEmpty)
        #expect(rig.count { if case .vanished = $0 { true } else { false } } == 1)
    }

    @Test func `shutdown waits for the call in flight and begins nothing new`() {
        var rig = EngineRig(.sample(), [overdue, .sample("b", idle: .seconds(3_590))])
        rig.fleet.latency = .seconds(2)
        rig.run(until: .after(7))
        rig.send(.shutdown)
        let sent = rig.stops.count
        rig.run(until: .after(60))
        #expect(rig.state.mayEnd)
        #expect(rig.stops.count == sent)
    }
}
