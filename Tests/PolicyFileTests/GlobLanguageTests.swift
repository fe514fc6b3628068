// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import PolicyFile
import Testing

@Suite("Globs as languages", .timeLimit(.minutes(20)))
struct GlobLanguageTests {
    private static let tokens = ["a", "b", "?", "*", "[ab]", "[!a]", "[b-d]", "\\*"]

    /// Every text of up to five of these characters; `z` stands for all that no glob names.
    private static let texts: [String] = {
        var longest = [""]
        var all = [""]
        for _ in 0..<5 {
            longest = longest.flatMap { text in ["a", "b", "c", "*", "z"].map { text + $0 } }
            all += longest
        }
        return all
    }()

    /// Random globs of up to three tokens, so that a text that tells two of them apart is short.
    private static func globs(_ count: ClosedRange<Int>, _ random: inout SeededGenerator) -> [Glob] {
        (0..<Int.random(in: count, using: &random)).compactMap { _ in
            let length = Int.random(in: 0...3, using: &random)
            return try? Glob((0..<length).compactMap { _ in random.pick(tokens) }.joined())
        }
    }

    @Test(arguments: 0..<8)
    func `no text fits what is said to be empty, and some text fits what is not`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var empty = 0
        for _ in 0..<60 {
            let wanted = (0..<Int.random(in: 0...2, using: &random)).map { _ in Self.globs(1...2, &random) }
            let excluded = Self.globs(0...4, &random)
            let witness = Self.texts.first { text in
                wanted.allSatisfy { list in list.contains { $0.matches(text) } }
                    && !excluded.contains { $0.matches(text) }
            }
            let isEmpty = GlobLanguage.isEmpty(wanted: wanted, excluded: excluded, ProofEffort())
            let patterns = "seed \(seed): \(wanted.map { $0.map(\.pattern) }) without \(excluded.map(\.pattern))"
            #expect(isEmpty == (witness == nil), "\(patterns): \(witness ?? "no text")")
            empty += isEmpty ? 1 : 0
        }
        #expect(empty > 3 && empty < 57)
    }

    @Test(arguments: [
        // A set is cut at its bounds, behind which other characters begin.
        ("[a-y]", ["[a-m]", "[n-x]"], false), ("[a-z]", ["[a-m]", "[n-z]"], true),
        ("?", ["[!\u{10FFFF}]"], false), ("?", ["[!a]", "a"], true),
        ("[\u{D7FF}-\u{E000}]", ["\u{D7FF}", "\u{E000}"], true),
        ("[\u{D7FF}-\u{E001}]", ["\u{D7FF}", "\u{E000}"], false), ("é*", ["[à-ü]*"], true), ("", ["?*"], false),
        ("", ["*"], true),
        // What takes too many steps is not proved, and takes no time all the same.
        (
            "*a????????????????????????????", ["*b????????????????????????????", "*a???????????????????????????c"],
            false
        ),
        (String(repeating: "ab?", count: 40), [String(repeating: "ab?", count: 40) + "*"], false),
    ])
    func `inclusion is exact at the edges`(glob: String, others: [String], isCovered: Bool) throws {
        #expect(GlobLanguage.isCovered(try Glob(glob), by: try others.map { try Glob($0) }, ProofEffort()) == isCovered)
    }
}
