// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The creation-ordered positions of notebooks by what nearly every listing filters on.
///
/// A page of an unfiltered listing then costs as much as the page is long, whatever the size of the project.
struct Shelves: Sendable {
    private struct Key: Hashable {
        let feature: String
        let workspace: String
        /// `nil` for all owners.
        let owner: String?
    }

    private var shelves: [Key: [Int]] = [:]

    func positions(feature: String, workspace: String, owner: String?) -> [Int] {
        shelves[Key(feature: feature, workspace: workspace, owner: owner)] ?? []
    }

    mutating func add(_ notebook: SimulatedNotebook, at index: Int) {
        for key in keys(of: notebook) { shelves[key, default: []].append(index) }
    }

    mutating func remove(_ notebook: SimulatedNotebook, at index: Int) {
        for key in keys(of: notebook) { shelves[key]?.removeAll { $0 == index } }
    }

    private func keys(of notebook: SimulatedNotebook) -> [Key] {
        [nil, notebook.owner.id].map { owner in
            Key(feature: notebook.feature, workspace: notebook.workspaceID, owner: owner)
        }
    }
}
