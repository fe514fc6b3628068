// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Where the loop puts its latest snapshot and readers take it: they never wait for the loop, nor it for them.
///
/// The lock is held for as long as it takes to copy a reference.
package final class SnapshotBoard: Sendable {
    /// A snapshot and which of the published ones it is, counted from 1.
    package final class Sheet: Sendable {
        package let number: Int
        package let snapshot: EngineSnapshot

        init(_ number: Int, _ snapshot: EngineSnapshot) {
            (self.number, self.snapshot) = (number, snapshot)
        }
    }

    private struct State {
        var latest: Sheet?
        var followers: [Int: AsyncStream<Sheet>.Continuation] = [:]
        var lastFollower = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    package init() {}

    /// The snapshot that was published last, with its number; nil before the daemon's first turn.
    package var sheet: Sheet? { state.withLock { $0.latest } }

    /// The snapshot that was published last; nil before the daemon's first turn.
    package var latest: EngineSnapshot? { sheet?.snapshot }

    /// The latest snapshot, then each that is published; a slow reader gets the newest only.
    ///
    /// It ends with the engine.
    package func follow() -> AsyncStream<Sheet> {
        let (stream, continuation) = AsyncStream.makeStream(of: Sheet.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state -> Int? in
            // Under the lock, or a snapshot that is published meanwhile would be taken for older than this one.
            if let latest = state.latest { continuation.yield(latest) }
            guard !state.isClosed else { return nil }
            state.lastFollower += 1
            state.followers[state.lastFollower] = continuation
            return state.lastFollower
        }
        if let number {
            continuation.onTermination = { [weak self] _ in
                _ = self?.state.withLock { $0.followers.removeValue(forKey: number) }
            }
        } else {
            continuation.finish()
        }
        return stream
    }

    func publish(_ snapshot: EngineSnapshot) {
        let (sheet, followers) = state.withLock { state in
            let sheet = Sheet((state.latest?.number ?? 0) + 1, snapshot)
            state.latest = sheet
            return (sheet, state.followers.values.map { $0 })
        }
        for follower in followers { follower.yield(sheet) }
    }

    /// Ends all following.
    func close() {
        let followers = state.withLock { state in
            state.isClosed = true
            return state.followers.values.map { $0 }
        }
        for follower in followers { follower.finish() }
    }
}
