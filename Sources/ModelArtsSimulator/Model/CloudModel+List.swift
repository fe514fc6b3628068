// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// One page of a listing.
package struct NotebookPage: Sendable {
    /// The 0-based number of this page.
    package let current: Int

    /// How many pages there are.
    package let pages: Int

    /// The page size in force, not the number of notebooks on this page.
    package let size: Int

    /// How many notebooks match.
    package let total: Int
    package let notebooks: [SimulatedNotebook]
}

extension CloudModel {
    /// Lists notebooks, newest first unless asked otherwise.
    /// - Parameters:
    ///   - query: Filters and window.
    ///   - owner: The user id whose notebooks are listed; `nil` for those of everybody.
    ///   - now: The present instant.
    /// - Returns: The page at the query's offset.
    package mutating func list(_ query: ListQuery, owner: String?, now: Int64) -> NotebookPage {
        advance(to: now)
        let shelf = shelf(feature: query.feature, workspace: query.workspaceID, owner: owner ?? query.owner)
        let matching = query.isUnfiltered ? shelf : shelf.filter { matches($0, query.matches) }
        let window = min(query.offset, matching.count)..<min(query.offset + query.limit, matching.count)
        let notebooks = window.map { place in
            notebook(at: query.isAscending ? matching[place] : matching[matching.count - 1 - place])
        }
        return NotebookPage(
            current: query.offset / query.limit,
            pages: (matching.count + query.limit - 1) / query.limit,
            size: query.limit,
            total: matching.count,
            notebooks: notebooks
        )
    }

    /// Shows one notebook.
    package mutating func show(_ id: String, now: Int64) throws(APIError) -> SimulatedNotebook {
        notebook(at: try locate(id, now: now))
    }
}
