// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Scheme, host and port: whom a request reaches, and the only one who may see what was meant for it.
struct HTTPOrigin: Hashable, Sendable {
    let isSecure: Bool
    /// In lower case; an IPv6 address stands in its brackets.
    let host: String
    let port: Int

    /// Reads the parts of an address; nil for another scheme, user information, or a doubtful host or port.
    init?(scheme: Substring, authority: Substring) {
        switch scheme.lowercased() {
        case "https": isSecure = true
        case "http": isSecure = false
        default: return nil
        }
        let authority = authority.lowercased()
        let host: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[...end]
            let address = host.dropFirst().dropLast().utf8
            guard address.count >= 2, address.allSatisfy("0123456789abcdef:.".utf8.contains) else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            guard HTTPOrigin.isName(host) else { return nil }
        }
        let rest = authority[host.endIndex...]
        if rest.isEmpty {
            port = isSecure ? 443 : 80
        } else {
            let digits = rest.dropFirst()
            guard
                rest.first == ":", digits.utf8.allSatisfy("0123456789".utf8.contains), let number = Int(digits),
                (1...65_535).contains(number)
            else { return nil }
            port = number
        }
        self.host = String(host)
    }

    /// Whether the host is this machine by its very name: `localhost`, `::1` or a full 127.0.0.0/8 address.
    ///
    /// No name is looked up, and short or octal spellings such as `127.1` do not count: what they mean depends on who
    /// reads them.
    var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in
                UInt8(part).map { String($0) == part } ?? false
            }
    }

    /// The origin as an address begins: `https://host` or `https://host:8443`.
    var text: String {
        let isUsual = port == (isSecure ? 443 : 80)
        return "\(isSecure ? "https" : "http")://\(host)\(isUsual ? "" : ":\(port)")"
    }

    private static func isName(_ host: Substring) -> Bool {
        let allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_.".utf8
        return host.utf8.count <= 253 && host.utf8.allSatisfy(allowed.contains)
            && host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
    }
}
