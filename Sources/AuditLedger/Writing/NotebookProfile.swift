// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// What rules match a notebook by, as the ledger keeps it: nothing of its address and its token.
struct NotebookProfile: Codable {
    let name: String
    var owner: String?
    var ownerID: String?
    var workspace: String?
    var flavor: String?
    var image: Reference?
    var pool: Reference?
    var feature: String?
    var tags: [String: String]?
    /// Set where there are tags that could not be read.
    var areTagsUnreadable: Bool?
    var description: String?

    struct Reference: Codable {
        var id: String?
        var name: String?

        init?(_ reference: Notebook.NamedReference?) {
            guard let reference else { return nil }
            (id, name) = (reference.id, reference.name)
        }

        var reference: Notebook.NamedReference { Notebook.NamedReference(id: id, name: name) }
    }

    init(_ notebook: Notebook) {
        name = notebook.name
        owner = notebook.owner.name
        ownerID = notebook.owner.id
        workspace = notebook.workspaceID
        flavor = notebook.flavor
        image = Reference(notebook.image)
        pool = Reference(notebook.pool)
        feature = notebook.feature
        switch notebook.tags {
        case .known(let known): tags = known.isEmpty ? nil : known
        case .unreadable: areTagsUnreadable = true
        }
        description = notebook.note
    }

    /// The notebook that it was made from, with a status and a lease.
    func notebook(_ id: NotebookID, _ status: NotebookStatus, _ lease: LeaseReading, updatedAt: Timestamp?) -> Notebook
    {
        Notebook(
            id: id,
            name: name,
            status: status,
            owner: Notebook.Owner(name: owner, id: ownerID),
            workspaceID: workspace,
            flavor: flavor,
            image: image?.reference,
            pool: pool?.reference,
            feature: feature,
            tags: areTagsUnreadable == true ? .unreadable : .known(tags ?? [:]),
            note: description,
            lease: lease,
            updatedAt: updatedAt
        )
    }
}
