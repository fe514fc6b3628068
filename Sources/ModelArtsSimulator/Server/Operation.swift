// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What a request asks the simulated cloud for.
package enum Operation: String, Sendable, CaseIterable {
    case listNotebooks
    case listAllNotebooks
    case createNotebook
    case showNotebook
    case updateNotebook
    case deleteNotebook
    case startNotebook
    case stopNotebook
    case showLease
    case renewLease
    case createTags
    case deleteTags
    case showTags
    case issueToken
    case listProjects
    case metadataToken
    case metadataCredentials
    case jupyter
    case queryMetrics
    case unknown

    /// Whether it changes a notebook; signing in is no change.
    package var isMutation: Bool {
        switch self {
        case .createNotebook, .updateNotebook, .deleteNotebook, .startNotebook, .stopNotebook, .renewLease,
            .createTags, .deleteTags:
            true
        case .listNotebooks, .listAllNotebooks, .showNotebook, .showLease, .showTags, .issueToken, .listProjects,
            .metadataToken, .metadataCredentials, .jupyter, .queryMetrics, .unknown:
            false
        }
    }

    /// The IAM action that the caller must be allowed to do; `nil` where the documents require none.
    var permission: Permission? {
        switch self {
        case .listNotebooks: .list
        case .listAllNotebooks: .listAll
        case .createNotebook: .create
        case .showNotebook: .get
        case .updateNotebook: .update
        case .deleteNotebook: .delete
        case .startNotebook: .start
        case .stopNotebook: .stop
        case .renewLease: .updateStopPolicy
        case .showLease, .createTags, .deleteTags, .showTags, .issueToken, .listProjects, .metadataToken,
            .metadataCredentials, .jupyter, .queryMetrics, .unknown:
            nil
        }
    }
}

/// Where a request goes: its operation and what its path names.
struct Route: Sendable, Equatable {
    var operation: Operation
    var projectID: String?
    var notebook: String?

    /// The part of the path below `/jupyter/{id}/`.
    var rest = ""

    init(_ operation: Operation, projectID: String? = nil, notebook: String? = nil, rest: String = "") {
        self.operation = operation
        self.projectID = projectID
        self.notebook = notebook
        self.rest = rest
    }

    /// Finds the route of a request.
    init(method: String, path: some StringProtocol) {
        let parts = path.split(separator: "/").map { PercentEncoding.decodeText($0) }
        switch (method, parts.first ?? "") {
        case (_, "jupyter") where parts.count >= 2:
            self.init(.jupyter, notebook: parts[1], rest: parts.dropFirst(2).joined(separator: "/"))
        case ("POST", "v3") where parts == ["v3", "auth", "tokens"]: self.init(.issueToken)
        case ("GET", "v3") where parts == ["v3", "projects"]: self.init(.listProjects)
        case ("PUT", "meta-data") where parts == ["meta-data", "latest", "api", "token"]: self.init(.metadataToken)
        case ("GET", "openstack") where parts == ["openstack", "latest", "securitykey"]:
            self.init(.metadataCredentials)
        case (_, "v1") where parts.count >= 3 && parts[2] == "notebooks":
            self = Self.notebooks(method, parts[1], Array(parts.dropFirst(3)))
        case ("GET", "v1") where parts.dropFirst(2) == ["aom", "api", "v1", "query"]:
            self.init(.queryMetrics, projectID: parts[1])
        default: self.init(.unknown)
        }
    }

    private static func notebooks(_ method: String, _ project: String, _ parts: [String]) -> Route {
        switch (method, parts.count) {
        case ("GET", 0): return Route(.listNotebooks, projectID: project)
        case ("POST", 0): return Route(.createNotebook, projectID: project)
        case ("GET", 1) where parts[0] == "all": return Route(.listAllNotebooks, projectID: project)
        case ("GET", 1) where parts[0] == "tags": return Route(.showTags, projectID: project)
        default: break
        }
        guard let id = parts.first else { return Route(.unknown) }
        let operation: Operation? =
            switch (method, parts.dropFirst().joined(separator: "/")) {
            case ("GET", ""): .showNotebook
            case ("PUT", ""): .updateNotebook
            case ("DELETE", ""): .deleteNotebook
            case ("POST", "start"): .startNotebook
            case ("POST", "stop"): .stopNotebook
            case ("GET", "lease"): .showLease
            case ("PATCH", "lease"): .renewLease
            case ("POST", "tags/create"): .createTags
            case ("DELETE", "tags/delete"): .deleteTags
            default: nil
            }
        return operation.map { Route($0, projectID: project, notebook: id) } ?? Route(.unknown)
    }
}
