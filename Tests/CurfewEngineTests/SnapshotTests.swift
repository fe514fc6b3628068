// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import TestSupport
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

/// What readers outside the loop see.
@Suite(.timeLimit(.minutes(20)))
struct SnapshotTests {
    /// Lets a fleet live and publishes as the engine does.
    private func publish(_ fleet: SimulatedFleet, _ publisher: inout SnapshotPublisher, for span: Duration) {
        let end = fleet.now + span
        while fleet.now < end {
            fleet.run(for: .milliseconds(100))
            if let due = publisher.turnEnded(fleet.state, now: fleet.clock) { #expect(due > fleet.clock) }
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `a snapshot that is made of what changed is the one that is made of everything`(seed: UInt64) {
        let fleet = RandomFleet.make(seed: seed, weather: .faulty) { Issue.record("\($0)") }
        for _ in 0..<60 {
            fleet.run(for: .minutes(17))
            let snapshot = fleet.state.snapshot(now: fleet.clock)
            let tracked = fleet.state.inOrder
            #expect(snapshot.notebooks.map(\.id) == tracked.map(\.id))
            for (view, tracked) in zip(snapshot.notebooks, tracked) {
                #expect(view.decision == tracked.decision)
                #expect(view.record.notebook == tracked.record.notebook)
                #expect(view.record.observations == tracked.record.observations)
                #expect(view.underWay == tracked.attempt?.decision.action.name)
                #expect(view.silences == fleet.state.silences(of: tracked))
                #expect(snapshot.view(of: tracked.id) === view)
            }
            #expect(snapshot.view(of: NotebookID("nobody")) == nil)
        }
    }

    @Test func `views that did not change are the same, so that what readers made of them is kept`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [SimulatedNotebook("a"), SimulatedNotebook("b")])
        fleet.run(for: .seconds(10))
        let first = fleet.state.snapshot(now: fleet.clock)
        fleet.deliver(
            .looked(fleet.id("a"), [Observation(source: Sample.jupyter, activity: .active, observedAt: fleet.clock)])
        )
        let second = fleet.state.snapshot(now: fleet.clock)
        #expect(first.notebooks[0] !== second.notebooks[0])
        #expect(first.notebooks[1] === second.notebooks[1])
    }

    @Test func `snapshots come at most once a second, and what changed last is published too`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [SimulatedNotebook("a")])
        let board = SnapshotBoard()
        var publisher = SnapshotPublisher(board: board)
        fleet.run(for: .seconds(10))
        var due = publisher.turnEnded(fleet.state, now: fleet.clock)
        #expect(due == nil)
        #expect(board.sheet?.number == 1)
        fleet.act(.freeze(reason: nil))
        due = publisher.turnEnded(fleet.state, now: fleet.clock)
        #expect(due == fleet.clock + .seconds(1))
        #expect(board.latest?.freeze == nil)
        due = publisher.turnEnded(fleet.state, now: fleet.clock + .seconds(1))
        #expect(due == nil)
        #expect(board.latest?.freeze?.by == "root")
        // Whoever did something does not wait.
        fleet.act(.freeze(reason: "again"))
        due = publisher.turnEnded(fleet.state, now: fleet.clock + .seconds(1), isAwaited: true)
        #expect(due == nil)
        #expect(board.sheet?.number == 3)
        #expect(board.latest?.freeze?.reason == "again")
        // Nothing more to tell.
        due = publisher.turnEnded(fleet.state, now: fleet.clock + .minutes(1))
        #expect(due == nil)
        #expect(board.sheet?.number == 3)
    }

    @Test func `a hold is told with its beginning, a failed listing with its reason`() throws {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [SimulatedNotebook("a")])
        fleet.faults.pagesBeforeListingFails = { $0 > noon + .minutes(7) ? 0 : nil }
        fleet.run(for: .minutes(20))
        let snapshot = fleet.state.snapshot(now: fleet.clock)
        let hold = try #require(snapshot.holds.first)
        #expect(hold.hold.code == "held-outage")
        #expect(hold.since > noon + .minutes(9) && hold.since < noon + .minutes(12))
        #expect(try #require(snapshot.listingFailure).at > noon + .minutes(18))
        #expect(try #require(snapshot.lastListedAt) < noon + .minutes(8))
    }

    @Test func `a follower that is slow gets the newest only, and one that comes late the latest`() async throws {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [SimulatedNotebook("a")])
        let board = SnapshotBoard()
        var publisher = SnapshotPublisher(board: board)
        fleet.run(for: .seconds(1))
        _ = publisher.turnEnded(fleet.state, now: fleet.clock)
        let slow = board.follow()
        publish(fleet, &publisher, for: .minutes(5))
        let last = try #require(board.sheet?.number)
        #expect(last > 3)
        let late = board.follow()
        board.close()
        var seen: [[Int]] = [[], []]
        for await sheet in slow { seen[0].append(sheet.number) }
        for await sheet in late { seen[1].append(sheet.number) }
        #expect(seen == [[last], [last]])
    }

    @Test func `an act through the engine is answered when it stands in the ledger, and seen on the board`()
        async throws
    {
        let run = EngineRun([.idle("n", for: .minutes(40))])
        await run.run {
            async let answer = run.engine.perform(OperatorAct(.freeze(reason: "wait"), by: "alice"))
            let outcome = try? await answer
            #expect(outcome == .frozen(HandFreeze(by: "alice", since: noon, reason: "wait"), notKept: nil))
            await run.pass(until: noon + .hours(1)) { false }
            #expect(run.cloud.stops.isEmpty)
            #expect(run.engine.board.latest?.holds.map(\.hold.code) == ["held-frozen"])
            let observing = Sample.policy(Sample.idle(), mode: .observe)
            _ = try? await run.engine.perform(OperatorAct(.reload(observing), by: "alice"))
            #expect(run.engine.board.latest?.mode == .observe)
            _ = await run.shutDown()
        }
        await #expect(throws: ActRefusal.ending) {
            _ = try await run.engine.perform(OperatorAct(.thaw, by: "alice"))
        }
    }
}
