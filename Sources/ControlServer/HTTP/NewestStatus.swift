// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What a follower is to be sent next: the newest status that it has not seen, or a sign of life.
///
/// It holds one status at most, however slowly the follower reads.
final class NewestStatus: Sendable {
    private struct State {
        var status: ControlContent?
        var isBeating = false
    }

    enum Next {
        case status(ControlContent)
        /// A sign that the daemon is still there, by a comment.
        case heartbeat
    }

    private let state = Mutex(State())
    private let changes: AsyncStream<Void>
    private let change: AsyncStream<Void>.Continuation

    init() {
        (changes, change) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func put(_ status: ControlContent) {
        state.withLock { $0.status = status }
        change.yield()
    }

    func beat() {
        state.withLock { $0.isBeating = true }
        change.yield()
    }

    /// Nothing comes any more.
    func finish() {
        change.finish()
    }

    /// Hands over what there is, in the caller's own time, until it is over.
    func each(_ body: (Next) async throws -> Void) async throws {
        for await _ in changes {
            let (status, isBeating) = state.withLock { state in
                defer { (state.status, state.isBeating) = (nil, false) }
                return (state.status, state.isBeating)
            }
            if let status {
                try await body(.status(status))
            } else if isBeating {
                try await body(.heartbeat)
            }
        }
    }
}
