// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A part of the file as it was written, before anything is read into it.
///
/// Scalars keep their text: which type a text has is decided where it is used, so the `no` of a list of owners stays a
/// name and digits keep their zeros.
struct DocumentNode {
    let place: Place
    let content: Content

    enum Content {
        case scalar(Scalar)
        case sequence([DocumentNode])
        case mapping([Entry])
    }

    struct Scalar {
        let text: String
        /// Whether it was written without quotes, so that it may be a number, a boolean or nothing.
        let isPlain: Bool
    }

    /// One key of a mapping and its value; keys are unique within their mapping.
    struct Entry {
        let key: String
        let keyPlace: Place
        let value: DocumentNode
    }

    /// Whether nothing was written here: `key:`, `key: ~` or `key: null`.
    var isNull: Bool {
        guard case .scalar(let scalar) = content, scalar.isPlain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.text)
    }

    /// The entries of a list; anything else is a list of one.
    var items: [DocumentNode] {
        if case .sequence(let items) = content { items } else { [self] }
    }

    /// What was written here, for messages.
    var kind: String {
        switch content {
        case .scalar: isNull ? "nothing" : "a single value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
