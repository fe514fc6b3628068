// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What a reply told about a notebook's tags.
///
/// A reply without tags says that there are none. A reply whose tags cannot be read says nothing: the tag that asks to
/// keep the notebook may be among them.
package enum TagReading: Hashable, Sendable {
    case known([String: String])
    /// The tags, or one of them, have a form that no document lists.
    case unreadable

    /// The value of a tag; nil where there is no such tag, and where nobody can tell.
    package subscript(_ key: String) -> String? {
        if case .known(let tags) = self { tags[key] } else { nil }
    }
}

extension TagReading: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        self = .known(Dictionary(elements) { _, last in last })
    }
}
