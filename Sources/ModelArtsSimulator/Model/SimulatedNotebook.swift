// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// One notebook of the simulated cloud: what the API shows, and what moves it.
package struct SimulatedNotebook: Sendable {
    package let id: String
    package var name: String
    package var description: String
    package var tags: [Tag]
    package let owner: NotebookOwner
    package let flavor: String
    package let feature: String
    package let workspaceID: String
    package let imageID: String
    package let imageName: String

    /// The dedicated resource pool, if any; its name is its id.
    package let pool: String?

    /// When it was created, in milliseconds since 1970 UTC.
    package let createdAt: Int64

    /// When its status or description last changed.
    package internal(set) var updatedAt: Int64
    package internal(set) var status: NotebookStatus
    package internal(set) var lease: Lease
    package internal(set) var leaseForm: LeaseForm = .full

    /// The token of this run of its Jupyter server; a new one at each start.
    package internal(set) var token: String

    /// When it last became RUNNING; `nil` before the first time.
    package internal(set) var runStartedAt: Int64?

    /// What its user does.
    package internal(set) var behaviour: Behaviour

    /// Until when the status of the moment lasts, for those that end by themselves.
    var phaseEndsAt: Int64?

    /// What began the transition under way.
    var cause: CloudEvent.Cause = .api

    /// The latest request that its Jupyter server took for activity.
    var jupyterTouchedAt: Int64?

    /// How often it was started; makes tokens differ.
    var runs = 1

    /// Raised by every change of a deadline, so that the agenda can tell stale entries.
    var revision = 0

    /// A tag: marks of users, and what `tags` filters match.
    package struct Tag: Sendable, Equatable {
        package let key: String
        package let value: String

        package init(_ key: String, _ value: String) {
            self.key = key
            self.value = value
        }
    }
}

/// The IAM user who owns a notebook.
package struct NotebookOwner: Sendable, Equatable {
    /// 32 hexadecimal digits.
    package let id: String
    package let name: String

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }

    /// An owner whose id follows from the name, so that scenarios need names only.
    package init(name: String) {
        self.init(id: StableID.hexadecimal(of: "user:" + name, digits: 32), name: name)
    }
}
