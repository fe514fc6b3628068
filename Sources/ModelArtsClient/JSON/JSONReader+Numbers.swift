// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers and the three words.
extension JSONReader {
    /// Reads an integer; nil when the value is something else, has a fraction or an exponent, or exceeds 64 bits.
    mutating func integer() throws(JSONSyntaxError) -> Int64? {
        skipSpace()
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
        default:
            try skip()
            return nil
        }
    }

    /// Reads `true` or `false`; nil when the value is something else, such as the text `"false"`.
    mutating func boolean() throws(JSONSyntaxError) -> Bool? {
        skipSpace()
        switch byte {
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return try readWord()
        default:
            try skip()
            return nil
        }
    }

    /// Passes over a number; its value when it is an integer that fits.
    mutating func readNumber() throws(JSONSyntaxError) -> Int64? {
        let isNegative = byte == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let start = position
        var value: Int64? = 0
        while let digit = Self.digit(byte) {
            value = value?.appending(digit, isNegative: isNegative)
            position += 1
        }
        let count = position - start
        guard count > 0, count == 1 || bytes[start] != UInt8(ascii: "0") else { throw failure }
        if byte == UInt8(ascii: ".") {
            value = nil
            position += 1
            try passDigits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            value = nil
            position += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
            try passDigits()
        }
        return value
    }

    private mutating func passDigits() throws(JSONSyntaxError) {
        guard Self.digit(byte) != nil else { throw failure }
        while Self.digit(byte) != nil { position += 1 }
    }

    /// Passes over `true`, `false` or `null`, the last giving nil.
    mutating func readWord() throws(JSONSyntaxError) -> Bool? {
        switch byte {
        case UInt8(ascii: "t"):
            try pass("true")
            return true
        case UInt8(ascii: "f"):
            try pass("false")
            return false
        default:
            try pass("null")
            return nil
        }
    }

    private mutating func pass(_ word: String) throws(JSONSyntaxError) {
        for expected in word.utf8 { try expect(expected) }
    }

    @inline(__always) private static func digit(_ byte: UInt8) -> Int64? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? Int64(value) : nil
    }
}

extension Int64 {
    /// The number with one more decimal digit, nil when it no longer fits.
    fileprivate func appending(_ digit: Int64, isNegative: Bool) -> Int64? {
        let (product, overflow) = multipliedReportingOverflow(by: 10)
        if overflow { return nil }
        let (sum, carry) = product.addingReportingOverflow(isNegative ? -digit : digit)
        return carry ? nil : sum
    }
}
