// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// The way to end a program from another task than the one that waits for it.
///
/// It signals the program only until it is reaped: afterwards its number may belong to another process.
final class ChildHandle: Sendable {
    private enum State {
        case waiting
        case running(pid_t)
        case over
    }

    private let state = Mutex<(State, isCancelled: Bool)>((.waiting, false))

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Ends the program and all of its group now, or as soon as it is started.
    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            if case .running(let pid) = state.0 { kill(-pid, SIGKILL) }
        }
    }

    /// Notes that the program runs.
    func started(_ pid: pid_t) {
        state.withLock { state in
            state.0 = .running(pid)
            if state.isCancelled { kill(-pid, SIGKILL) }
        }
    }

    /// Notes that the program is about to be reaped.
    func ended() {
        state.withLock { $0.0 = .over }
    }
}
