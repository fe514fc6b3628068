// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A text that cannot be printed: a key, a token or a password.
///
/// String interpolation, `dump`, `Mirror` and debuggers' descriptions all show a placeholder, and the type is not
/// `Encodable`, so no log line, ledger row or JSON reply can contain it by accident. Only `reveal()` gives the text,
/// and it is called where a request is signed or a header is set, nowhere else.
package struct Secret: Hashable, Sendable {
    private let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// Whether there is no text at all.
    package var isEmpty: Bool { text.isEmpty }

    /// The text itself, to be put on the wire and nowhere else.
    package func reveal() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(secret)" }
    package var debugDescription: String { "(secret)" }
    package var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }
}
