// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Synchronization
import TestSupport

@testable import CurfewEngine
@testable import FleetSimulation

/// A real engine with real tasks, whose time moves only when nothing is under way.
///
/// So it runs as fast as the machine can, and always the same way.
final class EngineRun: Sendable {
    let cloud: HeldCloud
    let time = ManualTime(isEager: false, now: noon)
    let ledger: HeldLedger
    let engine: Engine
    private let turns: AsyncStream<Turn>

    /// What the end of a turn showed.
    private struct Turn: Sendable {
        let now: Timestamp
        let next: Timestamp
        let isBusy: Bool
        let mayEnd: Bool
    }

    init(_ notebooks: [SimulatedNotebook], policy: Policy = Sample.policy(Sample.idle()), heartbeat: Duration? = nil) {
        let (turns, turned) = AsyncStream<Turn>.makeStream()
        let (cloud, ledger, time) = (HeldCloud(notebooks, time: time), HeldLedger(), time)
        self.cloud = cloud
        self.ledger = ledger
        self.turns = turns
        engine = Engine(
            policy: policy,
            seed: 1,
            ports: EnginePorts(
                service: cloud,
                probes: { _ in [Sample.jupyter: cloud] },
                ledger: ledger,
                time: time,
                report: { _ in }
            ),
            hooks: EngineHooks(heartbeat: heartbeat) { state in
                let now = time.now
                let next = min(state.nextWake(now: now), now + (heartbeat ?? .hours(1)))
                turned.yield(Turn(now: now, next: next, isBusy: state.isBusy(but: cloud.hung), mayEnd: state.mayEnd))
            }
        )
    }

    /// Makes stops wait for the signal.
    func holdStops(until signal: Signal) {
        cloud.holdStops(until: signal) { [engine] in engine.send(.tick) }
    }

    /// Makes the ledger wait for the signal.
    func holdLedger(until signal: Signal) {
        ledger.hold(until: signal) { [engine] in engine.send(.tick) }
    }

    /// Runs the engine beside `body`, which has to end it.
    func run(_ body: () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.engine.run() }
            await body()
        }
    }

    /// Lets time pass until the condition holds, at the latest until `end`.
    ///
    /// It steps to the instants that the engine announces, over none of them, but moves on by a quarter of a second at
    /// the least and by ten seconds at the most.
    func pass(until end: Timestamp, or condition: () -> Bool) async {
        for await turn in turns {
            if condition() || time.now >= end { return }
            if turn.now == time.now, !turn.isBusy {
                time.advance(by: min(max(turn.next - turn.now, .milliseconds(250)), .seconds(10)))
                engine.send(.tick)
            }
        }
    }

    /// Ends the engine and waits for the turn that takes note of it; tells whether it is free to end then.
    func shutDown() async -> Bool {
        engine.send(.shutdown)
        for await turn in turns where turn.mayEnd || cloud.isHoldingStop { return turn.mayEnd }
        return false
    }
}

extension EngineState {
    /// Whether a task is out whose report will come without time passing.
    fileprivate func isBusy(but hung: Set<NotebookID>) -> Bool {
        sweep.isRunning && !hung.contains(HeldCloud.listing)
            || notebooks.values.contains { tracked in
                if hung.contains(tracked.id) { return false }
                if tracked.isLooking { return true }
                switch tracked.attempt?.phase {
                case .recordingIntent, .gathering, .calling, .confirming: return true
                case .waiting, .ended, nil: return false
                }
            }
    }
}

/// Something that waits, and says so.
private struct Hold: Sendable {
    let signal: Signal
    let waiting: @Sendable () -> Void

    func wait() async {
        waiting()
        await signal.wait()
    }
}

/// A cloud and its notebooks' servers that answer at once, but for those that a test holds.
final class HeldCloud: NotebookService, ActivityProbe {
    /// Stands for the listing among what hangs.
    static let listing = NotebookID("the listing")

    private struct State {
        var notebooks: [SimulatedNotebook]
        var hung: Set<NotebookID> = []
        var looksLeft: Int?
        var stops: [NotebookID] = []
        var stop: Hold?
        var isHoldingStop = false
    }

    private let state: Mutex<State>
    private let time: ManualTime

    init(_ notebooks: [SimulatedNotebook], time: ManualTime) {
        state = Mutex(State(notebooks: notebooks))
        self.time = time
    }

    /// What never answers.
    var hung: Set<NotebookID> {
        get { state.withLock { $0.hung } }
        set { state.withLock { $0.hung = newValue } }
    }
    /// Notebooks that were told to stop, in order.
    var stops: [NotebookID] { state.withLock { $0.stops } }
    /// Whether a stop has arrived that is not answered yet.
    var isHoldingStop: Bool { state.withLock { $0.isHoldingStop } }

    /// Makes stops wait for the signal, and tells when one does.
    func holdStops(until signal: Signal, waiting: @escaping @Sendable () -> Void) {
        state.withLock { $0.stop = Hold(signal: signal, waiting: waiting) }
    }

    func list(_ handOver: @Sendable ([Notebook]) async -> Void) async throws(ServiceFailure) {
        if hung.contains(Self.listing) { await Signal().wait() }
        await handOver(state.withLock { $0.notebooks.map(\.reading) })
    }

    func notebook(_ id: NotebookID) async throws(ServiceFailure) -> Notebook {
        guard let notebook = state.withLock({ $0.notebooks.first { $0.id == id } }) else { throw Sample.failure(.gone) }
        return notebook.reading
    }

    func lease(of id: NotebookID) async throws(ServiceFailure) -> LeaseReading {
        try await notebook(id).lease
    }

    func renewLease(_ order: RenewalOrder) async throws(ServiceFailure) {
        throw Sample.failure(.rejected)
    }

    func stop(_ order: StopOrder) async throws(ServiceFailure) {
        let hold = state.withLock { state in
            state.isHoldingStop = state.stop != nil
            return state.stop
        }
        await hold?.wait()
        let now = time.now
        state.withLock { state in
            state.isHoldingStop = false
            state.stops.append(order.notebook)
            for index in state.notebooks.indices where state.notebooks[index].id == order.notebook {
                state.notebooks[index].stop(at: now)
            }
        }
    }

    func observe(_ notebook: Notebook, budget: Duration) async -> Observation {
        let now = time.now
        if hung.contains(notebook.id) { await Signal().wait() }
        let activity = state.withLock { state in
            state.notebooks.first { $0.id == notebook.id }?.activity(asked: notebook, at: now)
        }
        return Observation(source: Sample.jupyter, activity: activity ?? .unknown(.noSuchSource), observedAt: now)
    }
}

/// A ledger that may be slow.
final class HeldLedger: Ledger {
    private struct State {
        var entries: [LedgerEntry] = []
        var hold: Hold?
        var isHolding = false
    }

    private let state = Mutex(State())

    /// Whether an entry has come to wait.
    var isHolding: Bool { state.withLock { $0.isHolding } }

    /// Makes entries wait for the signal, and tells when one does.
    func hold(until signal: Signal, waiting: @escaping @Sendable () -> Void) {
        state.withLock { $0.hold = Hold(signal: signal, waiting: waiting) }
    }

    func recall(now: Timestamp) async -> LedgerMemory { LedgerMemory() }

    func usage(since: Timestamp) async -> UsageMemory { UsageMemory() }

    func record(_ entries: [LedgerEntry]) async throws {
        let isIntent = entries.contains { if case .intent = $0.event { true } else { false } }
        let hold = state.withLock { state in
            state.isHolding = isIntent && state.hold != nil
            return isIntent ? state.hold : nil
        }
        await hold?.wait()
        try Task.checkCancellation()
        state.withLock { $0.entries += entries }
    }

    /// What was recorded, in words.
    var events: [String] {
        state.withLock { state in
            state.entries.compactMap { entry in
                switch entry.event {
                case .intent(_, let notebook, let decision): "\(notebook.name): intent to \(decision.action.name)"
                case .outcome(_, let notebook, let outcome, _): "\(notebook.name): \(outcome)"
                default: nil
                }
            }
        }
    }
}
