// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// What a notebook's JSON says, read anew from the document and from nothing else.
struct Facts: Equatable {
    static let source = EvidenceName("jupyter")

    let notebook: Notebook

    /// Nil when the document is no notebook.
    init?(_ tree: JSONTree) {
        guard tree.isObject, let id = tree["id"]?.string, Self.isUsable(id) else { return nil }
        var notebook = Notebook(
            id: NotebookID(id),
            name: tree["name"]?.string ?? "",
            status: NotebookStatus(word: tree["status"]?.string ?? "")
        )
        notebook.note = tree["description"]?.string
        notebook.flavor = tree["flavor"]?.string
        notebook.feature = tree["feature"]?.string
        notebook.workspaceID = tree["workspace_id"]?.string
        notebook.image = Self.reference(tree["image"])
        notebook.pool = Self.reference(tree["pool"])
        let user = Self.reference(tree["user"])
        notebook.owner = Notebook.Owner(name: user?.name, id: user?.id ?? tree["user_id"]?.string)
        notebook.tags = Self.tags(tree["tags"])
        notebook.lease = tree["lease"].map(Self.lease) ?? .unreadable
        notebook.updatedAt = Self.instant(tree["update_at"])
        if let url = tree["url"]?.string, let token = tree["token"]?.string, !url.isEmpty, !token.isEmpty {
            notebook.access = JupyterAccess(url: url, token: Secret(token))
        }
        self.notebook = notebook
    }

    static func lease(_ tree: JSONTree) -> LeaseReading {
        guard
            let createdAt = instant(tree["create_at"]), let duration = tree["duration"]?.integer,
            let isEnabled = tree["enable"]?.boolean
        else { return .unreadable }
        return .known(
            Lease(
                isEnabled: isEnabled,
                kind: Lease.Kind(word: tree["type"]?.string),
                createdAt: createdAt,
                duration: .milliseconds(min(max(duration, -endOfTime), endOfTime)),
                updatedAt: instant(tree["update_at"])
            )
        )
    }

    /// The last millisecond of the year 9999.
    private static let endOfTime: Int64 = 253_402_300_799_999

    private static func instant(_ tree: JSONTree?) -> Timestamp? {
        guard let value = tree?.integer, (0...endOfTime).contains(value) else { return nil }
        return Timestamp(milliseconds: value)
    }

    private static func reference(_ tree: JSONTree?) -> Notebook.NamedReference? {
        guard let tree, tree.isObject else { return nil }
        let reference = Notebook.NamedReference(id: tree["id"]?.string, name: tree["name"]?.string)
        return reference == Notebook.NamedReference() ? nil : reference
    }

    private static func tags(_ tree: JSONTree?) -> TagReading {
        guard let tree, tree != .null else { return [:] }
        guard let elements = tree.elements else { return .unreadable }
        var tags: [String: String] = [:]
        for tag in elements {
            let value = tag["value"] ?? .null
            guard let key = tag["key"]?.string, let text = value == .null ? "" : value.string else {
                return .unreadable
            }
            tags[key] = text
        }
        return .known(tags)
    }

    private static func isUsable(_ id: String) -> Bool {
        let plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8
        return (1...128).contains(id.utf8.count) && id.utf8.allSatisfy(plain.contains) && id.contains { $0 != "." }
    }
}

extension Facts {
    /// Whether the planner may stop the notebook, when it has been idle for long.
    ///
    /// The judgement of a person who reads the document and the policy below, and who is sure of every word.
    var mayBeStopped: Bool {
        let isRunning = notebook.status == .running
        let isNamed = !notebook.name.isEmpty
        let isExempt = notebook.name.hasPrefix("prod-")
        let isOfAlice = notebook.owner.name == "alice" || notebook.owner.id == "alice"
        // What cannot be read may be a mark.
        let isMarked = notebook.tags == .unreadable || notebook.tags["keep-alive"] == "true"
        return isRunning && isNamed && !isExempt && !isOfAlice && !isMarked
    }

    /// The policy that the judgement is about.
    static let policy = """
        version: 1
        mode: enforce
        service: {kind: modelarts, region: eu-de, projectID: p}
        evidence: {jupyter: {kind: jupyter}}
        marks: {tag: keep-alive, description: keep-alive}
        rules:
          - {name: alice, match: {owner: alice}, keepAlive: {}}
          - {name: marked, match: {marked: true}, keepAlive: {}}
          - {name: not production, match: {not: {name: "prod-*"}}, idle: {budget: 2h}}
        """
}
