// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// The cookies of one host, for one login.
///
/// `Path`, `Domain` and the like are not looked at: a jar is sent only to the origin that filled it, and only with the
/// few requests of a look. What counts is deletion, by `Max-Age` or by a past `Expires` (RFC 6265).
struct CookieJar: Sendable, Equatable {
    private var values: [String: Secret] = [:]

    /// More than any Jupyter server or gateway sets; the rest is dropped.
    private static let mostCookies = 50
    /// In bytes, as browsers bound it.
    private static let longestCookie = 4_096

    var isEmpty: Bool { values.isEmpty }

    /// The value of one cookie.
    subscript(name: String) -> Secret? { values[name] }

    /// The text of a `Cookie` header; to be put on the wire and nowhere else.
    var header: String {
        values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.reveal())" }.joined(separator: "; ")
    }

    /// Takes in one `Set-Cookie` header; one that could not be sent back unchanged is dropped.
    mutating func take(_ header: String, now: Timestamp) {
        guard header.utf8.count <= Self.longestCookie else { return }
        let parts = header.split(separator: ";", omittingEmptySubsequences: false)
        guard
            let (name, value) = parts.first?.assignment, !name.isEmpty,
            name.utf8.allSatisfy(isVisible), value.utf8.allSatisfy(isVisible), !value.contains(",")
        else { return }
        if parts.dropFirst().contains(where: { deletes($0, now: now) }) {
            values[name] = nil
        } else if values[name] != nil || values.count < Self.mostCookies {
            values[name] = Secret(value)
        }
    }

    private func deletes(_ attribute: Substring, now: Timestamp) -> Bool {
        guard let (name, value) = attribute.assignment else { return false }
        switch name.lowercased() {
        case "max-age": return Int(value).map { $0 <= 0 } ?? false
        case "expires": return Timestamp(httpDate: value).map { $0 < now } ?? false
        default: return false
        }
    }

    private func isVisible(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }
}

extension Substring {
    /// The trimmed texts before and after the first equals sign; nil without one.
    fileprivate var assignment: (String, String)? {
        guard let sign = firstIndex(of: "=") else { return nil }
        return (self[..<sign].trimmed, self[index(after: sign)...].trimmed)
    }

    private var trimmed: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
