// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The deadlines of all notebooks, soonest first.
///
/// A binary heap, so that bringing a cloud of 100 000 notebooks up to date costs only what became due. Entries are never
/// removed early: an entry whose revision is not the notebook's any more is stale, and the model skips it.
struct Agenda: Sendable {
    struct Entry: Sendable, Equatable {
        let at: Int64
        /// Position of the notebook in the model.
        let index: Int
        let revision: Int

        fileprivate static func precedes(_ first: Entry, _ second: Entry) -> Bool {
            (first.at, first.index, first.revision) < (second.at, second.index, second.revision)
        }
    }

    private var heap: [Entry] = []

    mutating func insert(_ entry: Entry) {
        heap.append(entry)
        var child = heap.count - 1
        while child > 0, Entry.precedes(heap[child], heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Removes and returns the soonest entry, if it is due.
    mutating func popDue(at now: Int64) -> Entry? {
        guard let first = heap.first, first.at <= now else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && Entry.precedes(heap[child], heap[least]) {
                least = child
            }
            if least == parent { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
