// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What is asked for: a path below `/v1/` and a query, encoded as they go on the wire (RFC 3986).
package struct ControlPath: Sendable, Equatable {
    /// The path and the query, beginning with `/v1/`.
    package let target: String

    /// The path of these segments; values of the query that are nil are left out.
    package init(_ segments: String..., query: [(name: String, value: String?)] = []) {
        let parameters = query.compactMap { name, value in value.map { "\(name)=\(Self.encoded($0))" } }
        let path = "/v1/" + segments.map(Self.encoded).joined(separator: "/")
        target = parameters.isEmpty ? path : path + "?" + parameters.joined(separator: "&")
    }

    /// The text with everything but unreserved characters as percent codes of its UTF-8 bytes.
    static func encoded(_ text: String) -> String {
        // A segment of dots alone would be resolved away as a step in the folder tree.
        if text.allSatisfy({ $0 == "." }) { return String(repeating: "%2E", count: text.count) }
        var encoded = ""
        for byte in text.utf8 {
            switch UnicodeScalar(byte) {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~": encoded.unicodeScalars.append(UnicodeScalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
