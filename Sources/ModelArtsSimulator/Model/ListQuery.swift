// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The filters, order and window of a list call.
package struct ListQuery: Sendable, Equatable {
    /// A record offset, not a page number.
    package var offset = 0
    package var limit = 10

    /// `NOTEBOOK` unless asked otherwise; the default hides the free `DEFAULT` instances.
    package var feature = "NOTEBOOK"
    package var workspaceID = "0"
    package var isAscending = false
    package var status: NotebookStatus?

    /// A part of the name.
    package var name: String?

    /// A user id.
    package var owner: String?

    /// A part of the flavor.
    package var flavor: String?
    package var id: String?
    package var pool: String?

    /// Every one of these must be on the notebook.
    package var tags: [SimulatedNotebook.Tag] = []

    package init() {}

    /// Reads the query of a request; parameters that the cloud does not know are ignored.
    /// - Parameters:
    ///   - items: The decoded query.
    ///   - pageSizes: The limits that are accepted.
    /// - Throws: A refusal that names the bad parameter.
    init(items: [(name: String, value: String)], pageSizes: Set<Int>) throws(APIError) {
        for (name, value) in items {
            switch name {
            case "offset":
                guard let number = Int(value), number >= 0 else { throw Self.bad(name, value) }
                offset = number
            case "limit":
                guard let number = Int(value), pageSizes.contains(number) else { throw Self.bad(name, value) }
                limit = number
            case "feature": feature = value
            case "workspace_id", "workspaceId": workspaceID = value
            case "status":
                guard let known = NotebookStatus(rawValue: value) else { throw Self.bad(name, value) }
                status = known
            case "name": self.name = value
            case "owner": owner = value
            case "flavor": flavor = value
            case "id": id = value
            case "pool_id": pool = value
            case "tags":
                tags = value.split(separator: ",").map { pair in
                    let parts = pair.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
                    return SimulatedNotebook.Tag(String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
                }
            case "sort_key":
                guard value == "createTime" || value == "create_at" else {
                    throw APIError(400, "ModelArts.6303", "The sort key \(value) is not supported.")
                }
            case "sort_dir":
                switch value.uppercased() {
                case "ASC": isAscending = true
                case "DESC": isAscending = false
                default: throw Self.bad(name, value)
                }
            default: continue
            }
        }
    }

    /// Whether the shelf alone decides, so that no notebook has to be looked at.
    var isUnfiltered: Bool {
        status == nil && name == nil && flavor == nil && id == nil && pool == nil && tags.isEmpty
    }

    func matches(_ notebook: borrowing SimulatedNotebook) -> Bool {
        if let status, notebook.status != status { return false }
        if let id, notebook.id != id { return false }
        if let pool, notebook.pool != pool { return false }
        if let name, !notebook.name.contains(name) { return false }
        if let flavor, !notebook.flavor.contains(flavor) { return false }
        for tag in tags where !notebook.tags.contains(tag) { return false }
        return true
    }

    private static func bad(_ name: String, _ value: String) -> APIError {
        APIError(400, "ModelArts.0104", "The value \(value) of the parameter \(name) is not valid.")
    }
}
