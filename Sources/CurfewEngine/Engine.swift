// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// The loop at the centre: one sequence of triggers with one consumer.
///
/// A turn takes one trigger, changes the state and starts what follows in child tasks, which report back by triggers. A
/// turn never waits for the network, so a ping at its end proves that the loop itself turns.
package struct Engine: Sendable {
    private let ports: EnginePorts
    private let hooks: EngineHooks
    /// What the engine sees, for readers outside the loop.
    package let board = SnapshotBoard()
    private let desk = ActDesk()
    private let makeState: @Sendable (LedgerMemory, _ ledgerTrouble: String?, _ now: Timestamp) -> EngineState
    private let triggers: AsyncStream<Trigger>
    private let continuation: AsyncStream<Trigger>.Continuation

    /// Looks that may run at a time: a slow server must not delay the look at another one.
    private static let looksAtATime = 64
    /// Actions that may be on their way at a time.
    private static let actionsAtATime = 64

    package init(
        policy: Policy,
        settings: EngineSettings = EngineSettings(),
        seed: UInt64,
        ports: EnginePorts,
        hooks: EngineHooks = EngineHooks()
    ) {
        self.ports = ports
        self.hooks = hooks
        makeState = { memory, trouble, now in
            var settings = settings
            settings.ledgerTrouble = settings.ledgerTrouble ?? trouble
            return EngineState(policy: policy, settings: settings, memory: memory, seed: seed, now: now)
        }
        (triggers, continuation) = AsyncStream.makeStream()
    }

    /// Puts a trigger into the loop from outside: a reload, or the shutdown.
    package func send(_ trigger: Trigger) {
        continuation.yield(trigger)
    }

    /// Does what a person wants done, and returns once it is done and stands in the ledger.
    ///
    /// It waits its turn among everything else that happens. A refusal has no effect.
    package func perform(_ act: OperatorAct) async throws(ActRefusal) -> ActOutcome {
        try await desk.ask { send(.act(act, $0)) }.get()
    }

    /// Turns until a shutdown is through: calls in flight are finished and the ledger's entries are written, everything
    /// else is dropped.
    ///
    /// Cancellation ends it at once.
    package func run() async {
        await withTaskCancellationHandler {
            let writer = LedgerWriter(ports: ports, triggers: continuation)
            await withDiscardingTaskGroup { group in
                group.addTask { await writer.run() }
                await withDiscardingTaskGroup { group in
                    await turn(in: &group, writer: writer)
                    group.cancelAll()
                }
                writer.finish()
            }
            desk.close()
            board.close()
        } onCancel: {
            continuation.finish()
        }
    }

    /// The state at the start, with what the ledger remembers.
    private func begin() async -> EngineState {
        let now = ports.time.now
        do {
            return makeState(try await ports.ledger.recall(now: now), nil, now)
        } catch {
            return makeState(LedgerMemory(), "what it remembers cannot be read: \(error)", now)
        }
    }

    private func turn(in group: inout DiscardingTaskGroup, writer: LedgerWriter) async {
        var state = await begin()
        var watch = ClockWatch()
        var publisher = SnapshotPublisher(board: board)
        var shell = EngineShell(
            work: EngineWork(ports: ports, probes: ports.probes(state.policy)) { [continuation] in
                continuation.yield($0)
            },
            writer: writer,
            desk: desk,
            looks: Self.looksAtATime,
            actions: Self.actionsAtATime
        )
        send(.tick)
        for await trigger in triggers {
            let now = ports.time.now
            if let disturbance = watch.note(wall: now, elapsed: ports.time.elapsed) {
                for effect in state.handle(.disturbed(disturbance), now: now) { shell.run(effect, in: &group) }
            }
            if let policy = trigger.policy { shell.use(policy) }
            shell.ended(trigger, now: now, in: &group)
            let effects = state.handle(trigger, now: now)
            // Whoever did something looks at once what came of it, so that stands on the board before the answer goes out.
            let news = publisher.turnEnded(state, now: now, isAwaited: effects.contains(where: \.isDone))
            for effect in effects { shell.run(effect, in: &group) }
            hooks.turnEnded(state)
            if state.mayEnd { return }
            var next = state.nextWake(now: now)
            if let news { next = min(next, news) }
            if let heartbeat = hooks.heartbeat { next = min(next, now + heartbeat) }
            shell.wake(at: next, in: &group)
        }
    }
}
