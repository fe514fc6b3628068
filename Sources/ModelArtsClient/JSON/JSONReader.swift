// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A strict JSON reader (RFC 8259) that pulls wanted values out of bytes and passes over the rest.
///
/// A sweep reads some ten thousand notebooks of 1 kB and wants a third of each, so nothing is built but the texts that
/// are asked for. The input is hostile by assumption: every step is bounds-checked, takes time linear in the bytes, and
/// reports a broken form as `JSONSyntaxError`; containers nest `maximumDepth` deep at most. A value that is well-formed
/// but not what was asked for (a number where a text belongs, an integer beyond 64 bits, a text that is no UTF-8) is
/// passed over and reads as nil, so one odd field never costs its neighbours. Where a key repeats, the caller sees each.
///
/// Usage: `enterObject()`, then `nextKey()` until nil, and for each key exactly one of the reading functions or `skip()`.
struct JSONReader {
    /// Far beyond any reply of the API (7), far below what could exhaust a stack.
    static let maximumDepth = 64

    let bytes: [UInt8]
    var position = 0
    /// The texts that `repeatedText` has read.
    var repeatedTexts: Set<String> = []
    private var depth = 0
    /// Whether the innermost container was entered and none of its contents read.
    private var isAtStart = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next byte; 0, which is legal nowhere outside a text, at the end.
    @inline(__always) var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

    var failure: JSONSyntaxError { JSONSyntaxError(position: position) }

    @inline(__always) mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    @inline(__always) mutating func expect(_ expected: UInt8) throws(JSONSyntaxError) {
        guard byte == expected else { throw failure }
        position += 1
    }

    /// Whether the next value is `null`, which is not read.
    mutating func isBeforeNull() -> Bool {
        skipSpace()
        return byte == UInt8(ascii: "n")
    }

    private mutating func enter(_ opening: UInt8) throws(JSONSyntaxError) -> Bool {
        skipSpace()
        guard byte == opening else {
            try skip()
            return false
        }
        guard depth < Self.maximumDepth else { throw failure }
        depth += 1
        position += 1
        isAtStart = true
        return true
    }

    /// Stands before the next item of the innermost container, or behind its end when it has no more.
    private mutating func advance(closing: UInt8) throws(JSONSyntaxError) -> Bool {
        skipSpace()
        if byte == closing {
            position += 1
            depth -= 1
            isAtStart = false
            return false
        }
        if isAtStart {
            isAtStart = false
        } else {
            try expect(UInt8(ascii: ","))
            skipSpace()
        }
        return true
    }

    /// Goes into an object; false when the value is something else, which is then passed over.
    mutating func enterObject() throws(JSONSyntaxError) -> Bool { try enter(UInt8(ascii: "{")) }

    /// Goes into an array; false when the value is something else, which is then passed over.
    mutating func enterArray() throws(JSONSyntaxError) -> Bool { try enter(UInt8(ascii: "[")) }

    /// Stands before the next element of the innermost array; false, and behind the array, when there is none.
    mutating func nextElement() throws(JSONSyntaxError) -> Bool { try advance(closing: UInt8(ascii: "]")) }

    /// Reads the next key of the innermost object and stands before its value; nil, and behind the object, at its end.
    mutating func nextKey() throws(JSONSyntaxError) -> JSONKey? {
        guard try advance(closing: UInt8(ascii: "}")) else { return nil }
        let key = try readKey()
        skipSpace()
        try expect(UInt8(ascii: ":"))
        return key
    }

    /// Passes over one value of any kind.
    mutating func skip() throws(JSONSyntaxError) {
        skipSpace()
        switch byte {
        case UInt8(ascii: "\""): _ = try passText()
        case UInt8(ascii: "{"):
            _ = try enterObject()
            while try advance(closing: UInt8(ascii: "}")) {
                _ = try passText()
                skipSpace()
                try expect(UInt8(ascii: ":"))
                try skip()
            }
        case UInt8(ascii: "["):
            _ = try enterArray()
            while try advance(closing: UInt8(ascii: "]")) { try skip() }
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try readNumber()
        default: _ = try readWord()
        }
    }

    /// Makes sure that nothing but white space follows.
    mutating func finish() throws(JSONSyntaxError) {
        skipSpace()
        guard position == bytes.count else { throw failure }
    }
}

/// The bytes are no JSON text, or one nested deeper than anything the API sends.
struct JSONSyntaxError: Error, Equatable {
    /// The offset of the first byte that does not fit.
    let position: Int
}
