// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import HeapModule

/// Which notebook wants to be looked at next, and when.
struct WakeQueue {
    private struct Wake: Comparable {
        let at: Timestamp
        let notebook: NotebookID

        static func < (left: Wake, right: Wake) -> Bool { left.at < right.at }
        static func == (left: Wake, right: Wake) -> Bool { left.at == right.at && left.notebook == right.notebook }
    }

    private var heap = Heap<Wake>()

    /// The earliest wake; it may be out of date, which costs a turn and nothing else.
    var next: Timestamp? { heap.min?.at }

    mutating func add(_ notebook: NotebookID, at instant: Timestamp) {
        heap.insert(Wake(at: instant, notebook: notebook))
    }

    /// Takes out the earliest wake that is due at `now`.
    mutating func popDue(_ now: Timestamp) -> (notebook: NotebookID, at: Timestamp)? {
        guard let first = heap.min, first.at <= now else { return nil }
        heap.removeMin()
        return (first.notebook, first.at)
    }
}
