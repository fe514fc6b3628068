// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// An exporter whose samples a test sets, in the text format of Prometheus.
package final class ExportedMetrics: Sendable {
    private let state: Mutex<State>

    private struct State {
        /// Nil once the exporter is dead.
        var lines: [String]?
        var scrapes = 0
    }

    init(_ lines: [String]) {
        state = Mutex(State(lines: lines))
    }

    /// Shows these lines from now on, such as `use{id="1"} 0.5`.
    package func show(_ lines: [String]) {
        state.withLock { $0 = State(lines: lines) }
    }

    /// Hangs up on whoever asks from now on.
    package func die() {
        state.withLock { $0 = State() }
    }

    /// How often somebody has asked since the last change.
    package var scrapes: Int { state.withLock { $0.scrapes } }

    /// The next reply as it goes over the wire.
    func reply() -> String {
        let lines = state.withLock { state in
            state.scrapes += 1
            return state.lines
        }
        guard let lines else { return "" }
        let body = lines.map { "\($0)\n" }.joined()
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: close\r\n\r\n\(body)"
    }
}
