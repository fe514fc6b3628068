// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The port that a server got, for those who must wait for it.
final class BoundPort: Sendable {
    private struct State {
        var port: Int?
        var waiting: [AsyncStream<Never>.Continuation] = []
    }

    private let state = Mutex(State())

    /// The port once it is known; `nil` when the task was cancelled before.
    func value() async -> Int? {
        let stream = state.withLock { state -> AsyncStream<Never>? in
            guard state.port == nil else { return nil }
            let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
            state.waiting.append(continuation)
            return stream
        }
        if let stream {
            for await _ in stream {}
        }
        return state.withLock { $0.port }
    }

    func set(_ port: Int) {
        let waiting = state.withLock { state in
            defer { state.waiting.removeAll() }
            state.port = port
            return state.waiting
        }
        for continuation in waiting { continuation.finish() }
    }
}
