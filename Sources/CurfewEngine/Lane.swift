// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import DequeModule

/// A bound on how much work of one kind runs at a time; the rest waits its turn.
struct Lane<Work> {
    let limit: Int
    private var running = 0
    private var waiting: Deque<Work> = []

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes work in; returns it when it may begin at once.
    mutating func enter(_ work: Work) -> Work? {
        guard running < limit else {
            waiting.append(work)
            return nil
        }
        running += 1
        return work
    }

    /// Notes that some work has ended; returns what may begin in its place.
    mutating func leave() -> Work? {
        if let next = waiting.popFirst() { return next }
        running -= 1
        return nil
    }
}
