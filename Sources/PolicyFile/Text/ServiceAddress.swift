// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the base address of a service: `https://host[:port][/path]`, in the form without a trailing slash.
///
/// Plain http is accepted only where nobody can listen in: on loopback and, for the metadata service, at its link-local
/// address. An address holds no secret, so a user part, a query and a fragment are refused; messages do not repeat the
/// address, because a refused one may hold a password.
struct ServiceAddress {
    let text: String

    /// Why a text is no address, to be put behind a colon.
    struct Malformed: Error {
        let reason: String
    }

    /// The address at which every ECS finds its metadata service, by plain http (ModelArts API reference).
    static let metadataHost = "169.254.169.254"

    init(_ text: String, mayBeMetadata: Bool) throws(Malformed) {
        guard let separator = Self.firstRange(of: "://", in: text) else {
            throw Malformed(reason: "write it with https://, as in https://modelarts.eu-de.otc.t-systems.com")
        }
        let scheme = text[..<separator.lowerBound].lowercased()
        let rest = text[separator.upperBound...]
        guard scheme == "https" || scheme == "http" else {
            throw Malformed(reason: "only https:// is spoken here")
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = rest[authority.endIndex...]
        if authority.contains("@") {
            throw Malformed(reason: "it must not hold a user or a password; secrets belong into credential files")
        }
        if path.contains("?") || path.contains("#") {
            throw Malformed(reason: "it must not have a query or a fragment")
        }
        let host = try Self.host(of: authority)
        if scheme == "http", !Self.isLoopback(host), !(mayBeMetadata && host == Self.metadataHost) {
            throw Malformed(
                reason: "plain http is accepted for loopback" + (mayBeMetadata ? " and \(Self.metadataHost)" : "")
                    + " only; write https://"
            )
        }
        guard path.utf8.allSatisfy(Self.mayStandInPath) else {
            throw Malformed(reason: "its path has a character that must be percent-encoded")
        }
        var trimmed = path
        while trimmed.last == "/" { trimmed.removeLast() }
        self.text = "\(scheme)://\(authority.lowercased())\(trimmed)"
    }

    /// Splits off and checks the port, and checks the host.
    private static func host(of authority: Substring) throws(Malformed) -> String {
        var host = authority
        var port: Substring?
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { throw Malformed(reason: "a `]` is missing") }
            host = authority[authority.index(after: authority.startIndex)..<end]
            let behind = authority[authority.index(after: end)...]
            guard behind.isEmpty || behind.first == ":" else { throw Malformed(reason: "its host is malformed") }
            if !behind.isEmpty { port = behind.dropFirst() }
            guard !host.isEmpty, host.utf8.allSatisfy({ isHexDigit($0) || $0 == UInt8(ascii: ":") || $0 == 0x2E })
            else {
                throw Malformed(reason: "its host is no IPv6 address")
            }
        } else {
            if let colon = authority.firstIndex(of: ":") {
                host = authority[..<colon]
                port = authority[authority.index(after: colon)...]
            }
            let labels = host.split(separator: ".", omittingEmptySubsequences: false)
            guard !host.isEmpty else { throw Malformed(reason: "its host is missing") }
            guard labels.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(mayStandInHost) }) else {
                throw Malformed(reason: "its host is malformed")
            }
        }
        if let port {
            guard port.utf8.count <= 5, port.utf8.allSatisfy(isDigit), let number = Int(port), number > 0,
                number <= 65_535
            else { throw Malformed(reason: "its port must be a number from 1 to 65535") }
        }
        return host.lowercased()
    }

    /// `localhost`, 127.0.0.0/8 in its usual writing, or `::1`.
    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in part.utf8.allSatisfy(isDigit) && (UInt8(part).map(String.init) ?? "") == part
            }
    }

    private static func firstRange(of pattern: String, in text: String) -> Range<String.Index>? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix(pattern) {
                return index..<text.index(index, offsetBy: pattern.count)
            }
            index = text.index(after: index)
        }
        return nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) && byte < 0x80 }

    private static func mayStandInHost(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// What RFC 3986 lets stand in a path as it is.
    private static func mayStandInPath(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLetter(byte) || "-._~!$&'()*+,;=:@%/".utf8.contains(byte)
    }
}
