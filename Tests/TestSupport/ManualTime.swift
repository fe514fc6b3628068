// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
import CurfewEngine
import Synchronization

/// A time that moves only when a test moves it, or, when it is eager, whenever somebody waits.
package final class ManualTime: TimeSource {
    private struct Sleeper {
        let deadline: Timestamp
        let ticket: Signal
    }

    private struct State {
        var now: Timestamp
        var sleepers: [Sleeper] = []
        var spans: [Duration] = []
    }

    package static let start = Timestamp(milliseconds: 1_767_225_600_000)

    private let isEager: Bool
    private let state: Mutex<State>

    /// An eager time jumps to the end of every wait; another stands still until `advance`.
    package init(isEager: Bool = true, now: Timestamp = ManualTime.start) {
        self.isEager = isEager
        self.state = Mutex(State(now: now))
    }

    package var now: Timestamp { state.withLock { $0.now } }

    /// How long each wait was to last, in order.
    package var spans: [Duration] { state.withLock { $0.spans } }

    package func sleep(until deadline: Timestamp) async throws {
        let signal: Signal? = state.withLock { state in
            state.spans.append(deadline - state.now)
            if isEager { state.now = max(state.now, deadline) }
            guard state.now < deadline else { return nil }
            let signal = Signal()
            state.sleepers.append(Sleeper(deadline: deadline, ticket: signal))
            return signal
        }
        await signal?.wait()
        try Task.checkCancellation()
    }

    /// Moves the time and wakes whoever has waited long enough.
    package func advance(by span: Duration) {
        let due = state.withLock { state in
            state.now = state.now + span
            let due = state.sleepers.filter { $0.deadline <= state.now }
            state.sleepers.removeAll { $0.deadline <= state.now }
            return due
        }
        for sleeper in due { sleeper.ticket.fire() }
    }
}

/// Something that happens once; whoever waits for it goes on, before or after.
package final class Signal: Sendable {
    private struct State {
        var isFired = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    package init() {}

    package func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isFired = state.withLock { state in
                    if !state.isFired { state.waiters.append(continuation) }
                    return state.isFired
                }
                if isFired { continuation.resume() }
            }
        } onCancel: {
            fire()
        }
    }

    package func fire() {
        let waiters = state.withLock { state in
            state.isFired = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}

/// Counts what happens in several tasks.
package final class Counter: Sendable {
    private let state = Mutex(0)

    package init() {}

    package var value: Int { state.withLock { $0 } }

    /// Counts one more, and gives the new number.
    package func next() -> Int {
        state.withLock { count in
            count += 1
            return count
        }
    }
}
