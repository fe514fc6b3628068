// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// An http or https address, read strictly enough that everybody reads it alike.
///
/// A token goes to the host of such an address, so there must be no second opinion on which host that is: no user
/// information, no backslash, no control or non-ASCII character, no dot segment, no empty segment, no fragment. The
/// syntax is that of RFC 3986 without its leniencies.
struct HTTPLocation: Hashable, Sendable {
    let origin: HTTPOrigin
    /// Begins with a slash; as it was written, percent signs included.
    let path: String
    /// What stood behind the question mark; nil when there was none.
    let query: String?

    init(origin: HTTPOrigin, path: String, query: String? = nil) {
        self.origin = origin
        self.path = path
        self.query = query
    }

    /// Reads an absolute address; nil for anything that is not plainly one.
    init?(absolute text: String) {
        guard let separator = text.firstRange(of: "://") else { return nil }
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let origin = HTTPOrigin(scheme: text[..<separator.lowerBound], authority: authority) else { return nil }
        self.init(origin: origin, target: rest[authority.endIndex...])
    }

    /// Reads a `Location` header that was answered to a request for `base`; nil for anything doubtful.
    ///
    /// An address without a scheme but with a host (`//host/path`) is refused: no Jupyter server writes that, and it is
    /// the usual dress of an open redirect.
    init?(reference text: String, answeredBy base: HTTPLocation) {
        if text.hasPrefix("/") {
            guard !text.hasPrefix("//") else { return nil }
            self.init(origin: base.origin, target: Substring(text))
        } else if text.hasPrefix("?") {
            self.init(origin: base.origin, target: Substring(base.path + text))
        } else if text.prefix(while: { $0 != "/" && $0 != "?" }).contains(":") {
            self.init(absolute: text)
        } else {
            let folder = base.path[...(base.path.lastIndex(of: "/") ?? base.path.startIndex)]
            self.init(origin: base.origin, target: folder + text)
        }
    }

    private init?(origin: HTTPOrigin, target: Substring) {
        let path = target.prefix { $0 != "?" }
        let query = target[path.endIndex...].dropFirst()
        guard
            HTTPLocation.isPath(path.isEmpty ? "/" : path), HTTPLocation.isText(query, allowing: "/?")
        else { return nil }
        self.init(
            origin: origin,
            path: path.isEmpty ? "/" : String(path),
            query: path.endIndex == target.endIndex ? nil : String(query)
        )
    }

    /// The address as a request line wants it; may hold a token, so it is never logged.
    var text: String { origin.text + path + (query.map { "?\($0)" } ?? "") }

    private static func isPath(_ path: Substring) -> Bool {
        guard path.first == "/", isText(path, allowing: "/") else { return false }
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let hasEmptySegment = segments.dropLast().contains { $0.isEmpty }
        let hasDotSegment = segments.contains { segment in
            let plain = segment.lowercased().split(separator: "%2e", omittingEmptySubsequences: false)
                .joined(separator: ".")
            return plain == "." || plain == ".."
        }
        return !hasEmptySegment && !hasDotSegment
    }

    /// Whether all characters are `pchar` of RFC 3986 or one of `extra`, and no escape hides a control character.
    private static func isText(_ text: Substring, allowing extra: String) -> Bool {
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard let escaped = UInt8(String(rest.prefix(2)) ?? "", radix: 16), rest.prefix(2).allSatisfy(isHex)
                else { return false }
                guard rest.count >= 2, escaped >= 0x20, escaped != 0x7F else { return false }
                rest = rest.dropFirst(2)
            } else {
                guard isPlain(byte) || extra.utf8.contains(byte) else { return false }
            }
        }
        return true
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~!$&'()*+,;=:@".utf8.contains(byte)
        }
    }
}
