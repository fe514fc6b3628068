// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Who sends a request, and what that identity may do.
package struct CallerIdentity: Sendable, Equatable {
    /// The IAM user: `GET /notebooks` lists this user's notebooks.
    package var user: NotebookOwner
    package var permissions: Set<Permission>

    /// Whether `owner` filters of other users are effective.
    package var isAdministrator: Bool

    package init(
        user: NotebookOwner,
        permissions: Set<Permission> = Set(Permission.allCases),
        isAdministrator: Bool = true
    ) {
        self.user = user
        self.permissions = permissions
        self.isAdministrator = isAdministrator
    }
}

/// IAM actions of notebooks (ModelArts API reference, "Permissions"); lease reading, tags and flavors need none.
package enum Permission: String, Sendable, CaseIterable {
    case list = "modelarts:notebook:list"
    case listAll = "modelarts:notebook:listAllNotebooks"
    case get = "modelarts:notebook:get"
    case update = "modelarts:notebook:update"
    case updateStopPolicy = "modelarts:notebook:updateStopPolicy"
    case start = "modelarts:notebook:start"
    case stop = "modelarts:notebook:stop"
    case create = "modelarts:notebook:create"
    case delete = "modelarts:notebook:delete"
    case createImage = "modelarts:image:create"
}
