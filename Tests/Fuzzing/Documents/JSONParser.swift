// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A second opinion on what JSON says, written for clearness and sharing nothing with the readers under test.
///
/// By RFC 8259, but a text that makes no Unicode is a text that nobody can read, not an error.
struct JSONParser {
    private struct Malformed: Error {}

    /// What a reader makes of documents that RFC 8259 leaves to it, or forbids.
    struct Leniency {
        /// How deep containers may nest.
        let deepest: Int
        /// Whether a comma may stand before a closing bracket, and a text or number that nobody asks for be of
        /// any form.
        let isLenient: Bool

        /// The reader of the cloud's replies.
        static let cloud = Leniency(deepest: 64, isLenient: false)
        /// Foundation's, which reads the replies of notebooks; it ends at 512 levels.
        static let notebook = Leniency(deepest: 1_000, isLenient: true)
    }

    private let leniency: Leniency
    private var rest: ArraySlice<UInt8>

    /// The document; nil when the bytes are none.
    static func parse(_ bytes: [UInt8], by leniency: Leniency = .cloud) -> JSONTree? {
        var parser = JSONParser(leniency: leniency, rest: bytes[...])
        do {
            let tree = try parser.value(depth: 0)
            parser.skipSpace()
            return parser.rest.isEmpty ? tree : nil
        } catch {
            return nil
        }
    }

    private mutating func skipSpace() { rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) } }

    private mutating func skip(_ text: String) -> Bool {
        guard rest.starts(with: text.utf8) else { return false }
        rest = rest.dropFirst(text.utf8.count)
        return true
    }

    private mutating func value(depth: Int) throws -> JSONTree {
        skipSpace()
        switch rest.first.map({ Character(Unicode.Scalar($0)) }) {
        case "{": return .object(try members(depth: depth + 1))
        case "[": return .array(try elements(depth: depth + 1))
        case "\"": return .text(try text())
        case "t" where skip("true"): return .boolean(true)
        case "f" where skip("false"): return .boolean(false)
        case "n" where skip("null"): return .null
        default: return .number(try number())
        }
    }

    private mutating func members(depth: Int) throws -> [JSONTree.Member] {
        try items(from: "{", to: "}", depth: depth) { parser in
            parser.skipSpace()
            let key = try parser.text()
            parser.skipSpace()
            guard parser.skip(":") else { throw Malformed() }
            return JSONTree.Member(key: key, value: try parser.value(depth: depth))
        }
    }

    private mutating func elements(depth: Int) throws -> [JSONTree] {
        try items(from: "[", to: "]", depth: depth) { try $0.value(depth: depth) }
    }

    private mutating func items<Item>(
        from opening: String,
        to closing: String,
        depth: Int,
        _ read: (inout JSONParser) throws -> Item
    ) throws -> [Item] {
        guard depth <= leniency.deepest, skip(opening) else { throw Malformed() }
        skipSpace()
        if skip(closing) { return [] }
        var items: [Item] = []
        while true {
            items.append(try read(&self))
            skipSpace()
            if skip(closing) { return items }
            guard skip(",") else { throw Malformed() }
            if leniency.isLenient {
                skipSpace()
                if skip(closing) { return items }
            }
        }
    }

    private mutating func number() throws -> String {
        if leniency.isLenient {
            let text = rest.prefix { "+-.0123456789Ee".utf8.contains($0) }
            rest = rest.dropFirst(text.count)
            guard !text.isEmpty else { throw Malformed() }
            return String(decoding: text, as: UTF8.self)
        }
        var text = skip("-") ? "-" : ""
        let whole = digits()
        guard !whole.isEmpty, whole == "0" || !whole.hasPrefix("0") else { throw Malformed() }
        text += whole
        if skip(".") {
            let fraction = digits()
            guard !fraction.isEmpty else { throw Malformed() }
            text += ".\(fraction)"
        }
        if skip("e") || skip("E") {
            let sign = skip("-") ? "-" : (skip("+") ? "+" : "")
            let exponent = digits()
            guard !exponent.isEmpty else { throw Malformed() }
            text += "e\(sign)\(exponent)"
        }
        return text
    }

    private mutating func digits() -> String {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest.dropFirst(digits.count)
        return String(decoding: digits, as: UTF8.self)
    }

    /// A text; nil when its characters make no Unicode.
    private mutating func text() throws -> String? {
        guard skip("\"") else { throw Malformed() }
        var parts: [String?] = []
        while !skip("\"") {
            if rest.starts(with: "\\u".utf8) {
                parts.append(try unicodeEscapes())
            } else if skip("\\") {
                guard let escape = rest.popFirst() else { throw Malformed() }
                let meaning = Self.escapes[escape]
                guard meaning != nil || leniency.isLenient else { throw Malformed() }
                parts.append(meaning)
            } else {
                let lowest: UInt8 = leniency.isLenient ? 0 : 0x20
                let plain = rest.prefix { $0 >= lowest && $0 != 0x22 && $0 != 0x5C }
                guard !plain.isEmpty else { throw Malformed() }
                rest = rest.dropFirst(plain.count)
                parts.append(String(validating: plain, as: UTF8.self))
            }
        }
        return parts.contains(nil) ? nil : parts.compactMap { $0 }.joined()
    }

    /// Escapes that follow each other, which may be halves of one character.
    private mutating func unicodeEscapes() throws -> String? {
        var units: [UInt16] = []
        var areDigits = true
        while skip("\\u") {
            let digits = rest.prefix(4)
            guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
            else {
                guard leniency.isLenient else { throw Malformed() }
                areDigits = false
                continue
            }
            rest = rest.dropFirst(4)
            units.append(unit)
        }
        return areDigits ? String(validating: units, as: UTF16.self) : nil
    }

    private static let escapes: [UInt8: String] = [
        0x22: "\"", 0x5C: "\\", 0x2F: "/", 0x62: "\u{8}", 0x66: "\u{C}", 0x6E: "\n", 0x72: "\r", 0x74: "\t",
    ]
}
