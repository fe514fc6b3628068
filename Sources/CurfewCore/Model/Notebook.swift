// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// One notebook as the cloud described it at one moment.
///
/// Every part but the id, the name and the status may be missing from a reply; a missing part is nil, matches no rule
/// and never means a default.
package struct Notebook: Hashable, Sendable {
    package var id: NotebookID
    /// The name its user gave it; not unique.
    package var name: String
    package var status: NotebookStatus
    package var owner: Owner
    package var workspaceID: String?
    package var flavor: String?
    package var image: NamedReference?
    /// The dedicated resource pool it runs in, if any.
    package var pool: NamedReference?
    package var feature: String?
    package var tags: TagReading
    package var note: String?
    package var lease: LeaseReading
    /// When the record last changed; moves with the status.
    package var updatedAt: Timestamp?
    /// Where its own Jupyter server answers; nil while it is not running.
    package var access: JupyterAccess?

    /// The person a notebook belongs to, by name and by id, as far as the reply tells.
    package struct Owner: Hashable, Sendable {
        package var name: String?
        package var id: String?

        package init(name: String? = nil, id: String? = nil) {
            self.name = name
            self.id = id
        }
    }

    /// Something that the cloud names both by id and by name.
    package struct NamedReference: Hashable, Sendable {
        package var id: String?
        package var name: String?

        package init(id: String? = nil, name: String? = nil) {
            self.id = id
            self.name = name
        }
    }

    package init(
        id: NotebookID,
        name: String,
        status: NotebookStatus,
        owner: Owner = Owner(),
        workspaceID: String? = nil,
        flavor: String? = nil,
        image: NamedReference? = nil,
        pool: NamedReference? = nil,
        feature: String? = nil,
        tags: TagReading = [:],
        note: String? = nil,
        lease: LeaseReading = .unreadable,
        updatedAt: Timestamp? = nil,
        access: JupyterAccess? = nil
    ) {
        self.id = id
        self.name = name
        self.status = status
        self.owner = owner
        self.workspaceID = workspaceID
        self.flavor = flavor
        self.image = image
        self.pool = pool
        self.feature = feature
        self.tags = tags
        self.note = note
        self.lease = lease
        self.updatedAt = updatedAt
        self.access = access
    }
}

/// Where a notebook's Jupyter server is and the token that opens it.
package struct JupyterAccess: Hashable, Sendable {
    /// The address its user opens, usually ending in `/lab`.
    package var url: String
    /// Valid for one run of the notebook: the cloud makes a new one at every start.
    package var token: Secret

    package init(url: String, token: Secret) {
        self.url = url
        self.token = token
    }
}
