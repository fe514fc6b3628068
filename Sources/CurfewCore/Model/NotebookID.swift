// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The identifier that the cloud gave a notebook, a UUID in ModelArts; it never changes while the notebook exists.
package struct NotebookID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package var description: String { text }
}
