// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import Testing

@testable import ModelArtsClient

@Suite struct JSONReaderTests {
    private func text(_ json: String) throws -> String? {
        var reader = JSONReader(Array(json.utf8))
        let value = try reader.text()
        try reader.finish()
        return value
    }

    private func integer(_ json: String) throws -> Int64? {
        var reader = JSONReader(Array(json.utf8))
        let value = try reader.integer()
        try reader.finish()
        return value
    }

    private func isValid(_ bytes: [UInt8]) -> Bool {
        var reader = JSONReader(bytes)
        do {
            try reader.skip()
            try reader.finish()
            return true
        } catch {
            return false
        }
    }

    @Test(arguments: [
        (#""""#, ""), (#""plain""#, "plain"), (#" "a" "#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""\u0041\u00fc\u8bad""#, "Aü训"), (#""\ud83d\ude00""#, "😀"), (#""训练 ü 😀""#, "训练 ü 😀"),
    ])
    func `a text is read with its escapes`(_ json: String, _ expected: String) throws {
        #expect(try text(json) == expected)
    }

    @Test(arguments: ["null", "true", "false", "12", "[]", "{}"])
    func `D8: a word inside quotation marks stays text, outside it is none`(_ word: String) throws {
        #expect(try text("\"\(word)\"") == word)
        #expect(try text(word) == nil)
    }

    @Test(arguments: [#""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\ud83d\u0041""#, #""\ud83d\ud83d""#])
    func `half a surrogate pair is no text, and costs only itself`(_ json: String) throws {
        #expect(try text(json) == nil)
    }

    @Test(arguments: [[0xFF], [0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]])
    func `bytes that are no UTF-8 are no text, and cost only themselves`(_ bytes: [UInt8]) throws {
        let quote = UInt8(ascii: "\"")
        for tail in [[], Array("\\n".utf8)] {
            var reader = JSONReader([quote] + bytes + tail + [quote])
            #expect(try reader.text() == nil)
            try reader.finish()
        }
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("42", 42), ("-1", -1), ("9223372036854775807", Int64.max),
            ("-9223372036854775808", Int64.min), ("9223372036854775808", nil), ("-9223372036854775809", nil),
            ("99999999999999999999999999", nil), ("1.5", nil), ("1e3", nil), ("1E+2", nil), ("\"7\"", nil),
            ("true", nil),
            ("null", nil), ("[1]", nil),
        ] as [(String, Int64?)]
    )
    func `an integer is read when it is one that fits`(_ json: String, _ expected: Int64?) throws {
        #expect(try integer(json) == expected)
    }

    @Test(arguments: [
        "", " ", "{", "}", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
        "{\"a\" 1}", "{a:1}", "{1:2}", "{\"a\":1 \"b\":2}", "01", "-", "+1", ".5", "1.", "1e", "1e+", "nul", "nulll",
        "True", "NaN", "Infinity", "'a'", "\"", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"a\nb\"", "1 2",
        "{} {}", "[1]]", "\u{FEFF}1", "// c\n1", "[}", "{]",
    ])
    func `what is no JSON is refused`(_ json: String) {
        #expect(!isValid(Array(json.utf8)))
    }

    @Test(arguments: [
        "null", "true", "false", "0", "-1.5e-3", "\"\"", "[]", "{}", "[ ]", "{ }", " [ 1 , \"a\" , { \"b\" : [ ] } ] ",
        "{\"a\":{\"b\":{\"c\":[1,2,[3]]}}}", "\t\r\n1",
    ])
    func `what is JSON is passed over`(_ json: String) {
        #expect(isValid(Array(json.utf8)))
    }

    @Test func `nesting is bounded`() {
        let deep = JSONReader.maximumDepth
        let arrays = { (count: Int) in
            Array((String(repeating: "[", count: count) + String(repeating: "]", count: count)).utf8)
        }
        #expect(isValid(arrays(deep)))
        #expect(!isValid(arrays(deep + 1)))
        #expect(!isValid(Array(String(repeating: "{\"a\":", count: 100_000).utf8)))
    }

    @Test func `a key with escapes is the key it stands for, and long keys are none`() throws {
        let keys: JSONKeys<Int> = JSONKeys(["id": 1, "workspace_id": 2, "": 3])
        var reader = JSONReader(
            Array(#"{"\u0069d":0,"workspace_id":0,"":0,"id\u0000":0,"iD":0,"workspace_id_and_more":0}"#.utf8)
        )
        #expect(try reader.enterObject())
        var fields: [Int?] = []
        while let key = try reader.nextKey() {
            fields.append(keys[key])
            try reader.skip()
        }
        #expect(fields == [1, 2, 3, nil, nil, nil])
    }

    @Test func `D8: a reply that is cut anywhere is refused, and never traps`() {
        let whole = Array(Sample.fullNotebook.utf8)
        #expect(isValid(whole))
        for length in 0..<whole.count {
            let cut = Array(whole.prefix(length))
            #expect(!isValid(cut))
            _ = PageReply(cut)
            _ = ErrorReply(cut)
            var reader = JSONReader(cut)
            #expect(throws: JSONSyntaxError.self) { _ = try NotebookReply.read(&reader) }
        }
    }

    @Test func `D8: a reply with any byte changed never traps, and agrees with another reader on what is JSON`() {
        var random = SplitMix(seed: 20_261_121)
        let whole = Array(Sample.fullNotebook.utf8)
        for _ in 0..<4_000 {
            var bytes = whole
            for _ in 0..<Int(random.next() % 3 + 1) {
                let index = Int(random.next() % UInt64(bytes.count))
                // No exponents: Foundation refuses numbers beyond a Double, which are JSON all the same.
                let byte = UInt8(truncatingIfNeeded: random.next())
                bytes[index] = byte | 0x20 == UInt8(ascii: "e") ? UInt8(ascii: "x") : byte
            }
            _ = PageReply(bytes)
            var reader = JSONReader(bytes)
            _ = try? NotebookReply.read(&reader)
            let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
            if isUTF8, isValid(bytes) {
                // Foundation accepts more than RFC 8259 in places, never less, but for halves of surrogate pairs.
                let foundation = try? JSONSerialization.jsonObject(with: Data(bytes))
                #expect(
                    foundation != nil || bytes.contains(UInt8(ascii: "\\")),
                    "\(String(decoding: bytes, as: UTF8.self))"
                )
            }
        }
    }
}

/// A small seeded generator (SplitMix64), so that a failing run can be repeated.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
