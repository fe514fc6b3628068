// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Texts and keys.
extension JSONReader {
    /// Reads a text; nil when the value is something else or has no Unicode form.
    ///
    /// The words `null`, `true` and digits inside quotation marks stay the text they are.
    mutating func text() throws(JSONSyntaxError) -> String? {
        skipSpace()
        guard byte == UInt8(ascii: "\"") else {
            try skip()
            return nil
        }
        let start = position + 1
        let hasEscapes = try passText()
        return hasEscapes ? unescaped(start..<position - 1) : literal(start..<position - 1)
    }

    /// Reads a text that many records have in common, so that they share one copy of it in memory.
    mutating func repeatedText() throws(JSONSyntaxError) -> String? {
        guard let text = try text() else { return nil }
        return repeatedTexts.insert(text).memberAfterInsert
    }

    /// Passes over one text, from quotation mark to quotation mark, and tells whether it holds escapes.
    ///
    /// Escapes are checked for their form here; whether they make Unicode is checked where the text is wanted.
    mutating func passText() throws(JSONSyntaxError) -> Bool {
        try expect(UInt8(ascii: "\""))
        var hasEscapes = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return hasEscapes
            }
            guard byte >= 0x20 else { throw failure }
            position += 1
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                try passEscape()
            }
        }
        throw failure
    }

    private mutating func passEscape() throws(JSONSyntaxError) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            for _ in 0..<4 {
                guard Self.hexValue(byte) != nil else { throw failure }
                position += 1
            }
        default: throw failure
        }
    }

    /// Reads a key, packed for comparison.
    mutating func readKey() throws(JSONSyntaxError) -> JSONKey {
        let start = position + 1
        let hasEscapes = try passText()
        let range = start..<position - 1
        guard hasEscapes else { return JSONKey(bytes, in: range) }
        guard let text = unescaped(range) else { return .tooLong }
        return JSONKey(text)
    }

    private func literal(_ range: Range<Int>) -> String? {
        guard let text = try? UTF8Span(validating: bytes.span.extracting(range)) else { return nil }
        return String(copying: text)
    }

    /// The text with its escapes replaced; nil for a surrogate without its other half, or bytes that are no UTF-8.
    private func unescaped(_ range: Range<Int>) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            let escape = bytes[index]
            index += 1
            switch escape {
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                guard let scalar = scalar(at: &index, before: range.upperBound) else { return nil }
                result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            default: result.append(escape)
            }
        }
        return String(validating: result, as: UTF8.self)
    }

    /// The character of `XXXX` or of a surrogate pair `XXXX\uXXXX` at `index`, which moves behind it.
    private func scalar(at index: inout Int, before end: Int) -> Unicode.Scalar? {
        let unit = codeUnit(at: index)
        index += 4
        guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) }
        guard end - index >= 6, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
            return nil
        }
        let trail = codeUnit(at: index + 2)
        guard UTF16.isTrailSurrogate(trail) else { return nil }
        index += 6
        return Unicode.Scalar(0x1_0000 + (UInt32(unit - 0xD800) << 10) + UInt32(trail - 0xDC00))
    }

    /// Four hexadecimal digits, whose form was checked when the text was passed over.
    private func codeUnit(at index: Int) -> UInt16 {
        bytes[index..<index + 4].reduce(0) { $0 << 4 | UInt16(Self.hexValue($1) ?? 0) }
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
