// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// One pass over all pages: which page to ask for next, and whether the pages fit together.
///
/// The first page tells the total. In a parallel pass the others are then known and can be asked for all at once; in a
/// sequential one each begins where the one before ended, whatever size the server gave it.
struct ListingPass {
    private let isSequential: Bool
    private let pageLimit: Int
    /// Every notebook of this pass.
    private(set) var ids: Set<NotebookID> = []
    /// Records without a usable id; they count, but cannot be told apart.
    private var unreadable = 0
    /// The total that the latest page told.
    private var total: Int?
    /// The smallest total that any page told.
    private var smallestTotal: Int?
    /// Whether the list is longer than any list can be.
    private(set) var isTooLong = false
    private var isDisturbed = false
    private var covered = 0
    private var asked = 0
    private var step = 0
    /// The next offset to ask for, as long as it is less than `end`.
    private var cursor = 0
    private var end = 1

    init(isSequential: Bool, pageLimit: Int) {
        self.isSequential = isSequential
        self.pageLimit = pageLimit
    }

    /// Whether the pages, now that no more are to come, show one list from beginning to end.
    var isClean: Bool { !isDisturbed && !isTooLong && covered == total ?? covered }

    /// Whether the pass saw at least as many notebooks as there were at some moment of it.
    var isPlausible: Bool { smallestTotal.map { ids.count + unreadable >= $0 } ?? false }

    /// The offset of the next page to ask for; nil when there is none, or none yet.
    mutating func nextOffset() -> Int? {
        guard cursor < end else { return nil }
        guard asked < pageLimit else {
            isTooLong = true
            return nil
        }
        asked += 1
        let offset = cursor
        if isSequential || asked == 1 || total == nil { end = cursor } else { cursor += step }
        return offset
    }

    /// Notes what came at an offset.
    mutating func take(_ page: PageReply, at offset: Int) {
        if let total, let told = page.total, told != total { isDisturbed = true }
        total = page.total ?? total
        if let told = page.total { smallestTotal = min(smallestTotal ?? told, told) }
        covered += page.records
        unreadable += page.records - page.notebooks.count
        for notebook in page.notebooks where !ids.insert(notebook.id).inserted { isDisturbed = true }
        if isSequential || offset == 0 || total == nil {
            step = page.records
            cursor = offset + page.records
            let isFull = page.records >= Listing.pageSize
            end = page.records == 0 ? cursor : total ?? (isFull ? cursor + 1 : cursor)
        } else if let total {
            if page.records != min(step, total - offset) { isDisturbed = true }
            end = max(end, total)
        }
    }
}
