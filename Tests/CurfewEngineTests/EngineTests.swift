// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Synchronization
import TestSupport
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

/// The loop with its tasks; what it decides is the business of the other suites.
@Suite(.timeLimit(.minutes(20)))
struct EngineTests {
    /// A notebook whose budget of an hour is spent 20 minutes after noon.
    private func idle(_ name: String) -> SimulatedNotebook {
        var notebook = SimulatedNotebook(name)
        notebook.work = [noon - .hours(2)..<noon - .minutes(40)]
        return notebook
    }

    private let deadline = noon + .minutes(20)

    @Test func `I4: a due notebook wakes the loop, is stopped and confirmed`() async {
        let run = EngineRun([idle("n")])
        await run.run {
            await run.pass(until: deadline + .hours(1)) { !run.cloud.stops.isEmpty }
            #expect(run.cloud.stops == [NotebookID("id-n")])
            #expect(run.time.now >= deadline && run.time.now <= deadline + .seconds(1))
            await run.pass(until: deadline + .hours(1)) { run.ledger.events.count == 2 }
            _ = await run.shutDown()
        }
        #expect(run.ledger.events == ["n: intent to stop", "n: confirmed"])
    }

    @Test func `a server that never answers delays no other notebook`() async {
        let run = EngineRun([idle("hung"), idle("n")])
        run.cloud.hung = [NotebookID("id-hung")]
        await run.run {
            await run.pass(until: deadline + .hours(1)) { !run.cloud.stops.isEmpty }
            #expect(run.cloud.stops == [NotebookID("id-n")])
            #expect(run.time.now <= deadline + .seconds(1))
            _ = await run.shutDown()
        }
    }

    @Test func `a listing that hangs keeps the loop from nothing, and the heartbeat goes on`() async {
        let beats = Counter()
        let run = EngineRun([idle("n")], heartbeat: .seconds(10))
        await run.run {
            await run.pass(until: noon + .minutes(1)) { false }
            run.cloud.hung = [HeldCloud.listing]
            await run.pass(until: deadline + .hours(1)) {
                _ = beats.next()
                return !run.cloud.stops.isEmpty
            }
            _ = await run.shutDown()
        }
        #expect(run.cloud.stops.isEmpty)
        #expect(beats.value > 100)
    }

    @Test func `I8: a call that is out is awaited and its outcome recorded before the end`() async {
        let answer = Signal()
        let run = EngineRun([idle("n")])
        run.holdStops(until: answer)
        await run.run {
            await run.pass(until: deadline + .hours(1)) { run.cloud.isHoldingStop }
            let isFree = await run.shutDown()
            #expect(!isFree)
            answer.fire()
        }
        #expect(run.ledger.events == ["n: intent to stop", "n: confirmed"])
    }

    @Test func `I8: what a slow ledger has not taken yet is written before the end, in order`() async {
        let isWritten = Signal()
        let run = EngineRun([idle("n")])
        run.holdLedger(until: isWritten)
        await run.run {
            await run.pass(until: deadline + .hours(1)) { run.ledger.isHolding }
            let isFree = await run.shutDown()
            #expect(isFree)
            isWritten.fire()
        }
        #expect(run.cloud.stops.isEmpty)
        #expect(run.ledger.events.count == 2)
        #expect(run.ledger.events.first == "n: intent to stop")
        #expect(run.ledger.events.last?.contains("abandoned") == true)
    }

    @Test func `cancellation ends it at once, even with a call out`() async {
        let run = EngineRun([idle("n")])
        run.holdStops(until: Signal())
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await run.engine.run() }
            await run.pass(until: deadline + .hours(1)) { run.cloud.isHoldingStop }
            group.cancelAll()
        }
        #expect(run.ledger.events == ["n: intent to stop"])
    }
}
