// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// The base address of a service, taken apart: `https://modelarts.eu-de.otc.t-systems.com`.
///
/// The policy loader has checked it already; it is checked again here, because a signature or a password must not leave
/// the machine in the clear whatever was loaded.
struct ServiceAddress: Sendable, Equatable {
    let scheme: String
    /// Host and port as they stand in the `Host` header, which is signed.
    let authority: String
    /// The path that every request's path is appended to, without a trailing slash; usually empty.
    let basePath: String

    /// Takes an address apart; `setting` names it in the error.
    init(_ text: String, setting: String) throws(SetupError) {
        guard let separator = text.firstRange(of: "://") else { throw .badAddress(setting: setting, address: text) }
        let scheme = text[..<separator.lowerBound].lowercased()
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        var path = rest[authority.endIndex...]
        while path.last == "/" { path.removeLast() }
        guard
            scheme == "https" || scheme == "http", let host = Self.host(authority),
            path.utf8.allSatisfy({ PercentEncoding.isUnreserved($0) || $0 == UInt8(ascii: "/") })
        else { throw .badAddress(setting: setting, address: text) }
        guard scheme == "https" || Self.isLocal(host) else {
            throw .plainHTTP(setting: setting, address: text)
        }
        self.scheme = scheme
        self.authority = Self.withoutDefaultPort(authority, scheme: scheme)
        self.basePath = String(path)
    }

    /// The address of a path with an encoded query.
    func url(path: String, query: String) -> String {
        "\(scheme)://\(authority)\(path)" + (query.isEmpty ? "" : "?\(query)")
    }

    /// The host of `host`, `host:port` or `[address]:port`; nil when it is none of these.
    private static func host(_ authority: Substring) -> Substring? {
        let host: Substring
        let rest: Substring
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            rest = authority[authority.index(after: end)...]
            guard host.utf8.allSatisfy({ isHexDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }) else {
                return nil
            }
        } else {
            host = authority.prefix { $0 != ":" }
            rest = authority[host.endIndex...]
            guard host.utf8.allSatisfy(PercentEncoding.isUnreserved) else { return nil }
        }
        let hasPort = rest.first == ":" && UInt16(rest.dropFirst()) != nil
        return !host.isEmpty && (rest.isEmpty || hasPort) ? host : nil
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    /// Whether packets to the host stay on this machine, or on the link to its metadata service.
    private static func isLocal(_ host: Substring) -> Bool {
        if host == "localhost" || host == "::1" || host == "169.254.169.254" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func withoutDefaultPort(_ authority: Substring, scheme: String) -> String {
        let port = scheme == "https" ? ":443" : ":80"
        return String(authority.hasSuffix(port) ? authority.dropLast(port.count) : authority)
    }
}
