// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// Reads the API's notebook object (ModelArts API reference, section 5) into a `Notebook`.
///
/// Every field may be missing or have the wrong type, and then it is nil, or empty where the model wants a text, or
/// unreadable where absence means something. Only without a usable id is there no notebook at all.
enum NotebookReply {
    private enum Field {
        case id
        case name
        case status
        case description
        case flavor
        case feature
        case image
        case pool
        case lease
        case user
        case userID
        case workspaceID
        case tags
        case url
        case token
        case updatedAt
    }

    private static let keys: JSONKeys<Field> = JSONKeys([
        "id": .id, "name": .name, "status": .status, "description": .description, "flavor": .flavor,
        "feature": .feature, "image": .image, "pool": .pool, "lease": .lease, "user": .user, "user_id": .userID,
        "workspace_id": .workspaceID, "tags": .tags, "url": .url, "token": .token, "update_at": .updatedAt,
    ])

    /// Reads one notebook at the reader's place; nil when the value is no object or has no usable id.
    static func read(_ reader: inout JSONReader) throws(JSONSyntaxError) -> Notebook? {
        guard try reader.enterObject() else { return nil }
        var notebook = Notebook(id: NotebookID(""), name: "", status: .unrecognized(""))
        var userID: String?
        var url: String?
        var token: String?
        while let key = try reader.nextKey() {
            switch keys[key] {
            case .id: notebook.id = NotebookID(try reader.text() ?? "")
            case .name: notebook.name = try reader.text() ?? ""
            case .status: notebook.status = NotebookStatus(word: try reader.text() ?? "")
            case .description: notebook.note = try reader.text()
            case .flavor: notebook.flavor = try reader.repeatedText()
            case .feature: notebook.feature = try reader.repeatedText()
            case .image: notebook.image = try reference(&reader)
            case .pool: notebook.pool = try reference(&reader)
            case .lease: notebook.lease = try LeaseReply.read(&reader)
            case .user:
                let user = try reference(&reader)
                notebook.owner = Notebook.Owner(name: user?.name, id: user?.id)
            case .userID: userID = try reader.repeatedText()
            case .workspaceID: notebook.workspaceID = try reader.repeatedText()
            case .tags: notebook.tags = try tags(&reader)
            case .url: url = try reader.text()
            case .token: token = try reader.text()
            case .updatedAt: notebook.updatedAt = try reader.timestamp()
            case nil: try reader.skip()
            }
        }
        if notebook.owner.id == nil { notebook.owner.id = userID }
        if let url, let token, !url.isEmpty, !token.isEmpty {
            notebook.access = JupyterAccess(url: url, token: Secret(token))
        }
        return notebook.id.isUsable ? notebook : nil
    }

    private enum ReferenceField {
        case id
        case name
    }

    private static let referenceKeys: JSONKeys<ReferenceField> = JSONKeys(["id": .id, "name": .name])

    private static func reference(
        _ reader: inout JSONReader
    ) throws(JSONSyntaxError) -> Notebook.NamedReference? {
        guard try reader.enterObject() else { return nil }
        var reference = Notebook.NamedReference()
        while let key = try reader.nextKey() {
            switch referenceKeys[key] {
            case .id: reference.id = try reader.repeatedText()
            case .name: reference.name = try reader.repeatedText()
            case nil: try reader.skip()
            }
        }
        return reference.id == nil && reference.name == nil ? nil : reference
    }

    private enum TagField {
        case key
        case value
    }

    private static let tagKeys: JSONKeys<TagField> = JSONKeys(["key": .key, "value": .value])

    /// Reads the tags; one that cannot be read makes all of them unreadable, because it may be the one that counts.
    private static func tags(_ reader: inout JSONReader) throws(JSONSyntaxError) -> TagReading {
        let isNull = reader.isBeforeNull()
        guard try reader.enterArray() else { return isNull ? [:] : .unreadable }
        var tags: [String: String] = [:]
        var isReadable = true
        while try reader.nextElement() {
            if let (key, value) = try tag(&reader) { tags[key] = value } else { isReadable = false }
        }
        return isReadable ? .known(tags) : .unreadable
    }

    /// Reads one tag, whose value is empty where it is missing; nil for anything that is no tag.
    private static func tag(_ reader: inout JSONReader) throws(JSONSyntaxError) -> (key: String, value: String)? {
        guard try reader.enterObject() else { return nil }
        var name: String?
        var value: String? = ""
        while let key = try reader.nextKey() {
            switch tagKeys[key] {
            case .key: name = try reader.repeatedText()
            case .value:
                let isNull = reader.isBeforeNull()
                value = try reader.text() ?? (isNull ? "" : nil)
            case nil: try reader.skip()
            }
        }
        guard let name, let value else { return nil }
        return (name, value)
    }
}

extension NotebookID {
    /// Whether the id can stand in a path as it is: 1 to 128 of the characters that need no encoding, not only dots.
    ///
    /// The API's ids are UUIDs. Anything else that would change the meaning of an address is no id.
    var isUsable: Bool {
        let bytes = text.utf8
        guard (1...128).contains(bytes.count) else { return false }
        return bytes.allSatisfy(PercentEncoding.isUnreserved) && !bytes.allSatisfy { $0 == UInt8(ascii: ".") }
    }
}
