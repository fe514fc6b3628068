// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Finds where a text may define YAML anchors (`&name`).
///
/// The policy language has neither anchors nor aliases, and an alias is dangerous before anybody can refuse it: the
/// parser expands it, and compares keys, as deep as aliases are nested. So the text is first parsed with every possible
/// anchor blanked, where any alias is an error on the spot; once that has passed, the text as written is harmless.
enum AnchorScan {
    /// The text with each possible anchor replaced by as many spaces, and otherwise the same; nil when it has none.
    static func blanked(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return nil }
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar = "\n"
        var isInAnchor = false
        var found = false
        for scalar in text.unicodeScalars {
            if scalar == "&", mayPrecede(previous) {
                isInAnchor = true
                found = true
            } else if isInAnchor, !belongsToName(scalar) {
                isInAnchor = false
            }
            scalars.append(isInAnchor ? " " : scalar)
            previous = scalar
        }
        return found ? String(scalars) : nil
    }

    /// Whether a new token may begin right behind the scalar; yes in case of doubt.
    private static func mayPrecede(_ scalar: Unicode.Scalar) -> Bool {
        !belongsToName(scalar) || scalar == "-"
    }

    private static func belongsToName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
    }
}
