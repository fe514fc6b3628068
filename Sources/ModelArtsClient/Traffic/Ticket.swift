// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A place in a queue: one task waits on it, and whoever serves the queue settles it, once.
///
/// Cancelling the waiting task settles it as nil. `settle` tells whether it was in time, so that what was handed to a
/// task that has already gone is never lost.
final class Ticket<Value: Sendable>: Sendable {
    private enum State {
        case issued
        case waiting(CheckedContinuation<Value?, Never>)
        case settled(Value?)
    }

    private let state = Mutex(State.issued)

    /// Waits until the ticket is settled; nil when the task was cancelled first.
    func value() async -> Value? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let settled: Value?? = state.withLock { state in
                    guard case .settled(let value) = state else {
                        state = .waiting(continuation)
                        return nil
                    }
                    return value
                }
                if let settled { continuation.resume(returning: settled) }
            }
        } onCancel: {
            _ = settle(nil)
        }
    }

    /// Gives the waiting task its value; false when it has one already or has been cancelled.
    func settle(_ value: Value?) -> Bool {
        let (isFirst, continuation): (Bool, CheckedContinuation<Value?, Never>?) = state.withLock { state in
            switch state {
            case .issued:
                state = .settled(value)
                return (true, nil)
            case .waiting(let continuation):
                state = .settled(value)
                return (true, continuation)
            case .settled: return (false, nil)
            }
        }
        continuation?.resume(returning: value)
        return isFirst
    }
}
