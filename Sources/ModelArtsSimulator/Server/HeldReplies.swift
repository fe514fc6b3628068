// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Replies that wait until a test lets them go.
///
/// Each waiter owns a stream, so that a cancelled connection stops waiting by itself.
final class HeldReplies: Sendable {
    private let waiting = Mutex<[AsyncStream<Never>.Continuation]>([])

    /// Returns when the replies are released or the task is cancelled.
    func wait() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        waiting.withLock { $0.append(continuation) }
        for await _ in stream {}
    }

    func release() {
        let released = waiting.withLock { waiting in
            defer { waiting.removeAll() }
            return waiting
        }
        for continuation in released { continuation.finish() }
    }
}
