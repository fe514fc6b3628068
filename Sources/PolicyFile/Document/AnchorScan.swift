// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Makes a text safe to parse, whatever its aliases would expand to.
///
/// The policy language has neither anchors nor aliases, and an alias is dangerous before anybody can refuse it: the
/// parser expands it, and compares keys, as deep as aliases are nested. So the text is first parsed with every anchor
/// turned into a tag, which may stand wherever an anchor may and moves nothing. An alias then refers to nothing and is
/// an error on the spot; once that parse has passed, the text as written has no alias and is harmless.
enum AnchorScan {
    /// The text with every `&` replaced, in texts and comments, too, where it does no harm; nil when it has none.
    static func disarmed(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return nil }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "&" ? "!" : $0 }))
    }
}
