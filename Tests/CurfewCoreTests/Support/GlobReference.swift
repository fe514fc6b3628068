// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The definition of globs written down as plainly as possible, to hold the fast matcher against.
enum GlobReference {
    /// Tries every way to split the text.
    ///
    /// Exponential, for short inputs only; the pattern must be well formed.
    static func matches(_ pattern: String, _ text: String) -> Bool {
        matches(Array(pattern.unicodeScalars)[...], Array(text.unicodeScalars)[...])
    }

    /// What `fnmatch(3)` says.
    static func libraryMatches(_ pattern: String, _ text: String) -> Bool {
        unsafe fnmatch(pattern, text, 0) == 0
    }

    private static func matches(_ pattern: ArraySlice<Unicode.Scalar>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let head = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        switch head {
        case "*": return (0...text.count).contains { matches(rest, text.dropFirst($0)) }
        case "?": return !text.isEmpty && matches(rest, text.dropFirst())
        case "\\": return text.first == rest.first && matches(rest.dropFirst(), text.dropFirst())
        case "[":
            let isNegated = rest.first == "!" || rest.first == "^"
            let body = isNegated ? rest.dropFirst() : rest
            guard let end = body.dropFirst().firstIndex(of: "]"), let scalar = text.first else { return false }
            return contains(Array(body[..<end]), scalar) != isNegated && matches(body[(end + 1)...], text.dropFirst())
        default: return text.first == head && matches(rest, text.dropFirst())
        }
    }

    private static func contains(_ members: [Unicode.Scalar], _ scalar: Unicode.Scalar) -> Bool {
        var index = 0
        while index < members.count {
            if index + 2 < members.count, members[index + 1] == "-" {
                if members[index] <= scalar, scalar <= members[index + 2] { return true }
                index += 3
            } else {
                if members[index] == scalar { return true }
                index += 1
            }
        }
        return false
    }
}
