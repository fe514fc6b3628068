// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct GlobTests {
    @Test(arguments: [
        ("", "", true), ("", "a", false), ("a", "a", true), ("a", "A", false), ("a", "ab", false), ("ab", "a", false),
        ("*", "", true), ("*", "anything at all", true), ("**", "", true), ("?", "", false), ("?", "é", true),
        ("train-*", "train-", true), ("train-*", "train-7b", true), ("train-*", "strain-7b", false),
        ("*-gpu", "big-gpu", true), ("*-gpu", "big-gpu-2", false), ("*.gpu.*", "modelarts.vm.gpu.v100", true),
        ("a*b*c", "aXbXbXc", true), ("a*b*c", "aXcXb", false), ("[a-c]x", "bx", true), ("[a-c]x", "dx", false),
        ("[!a-c]x", "dx", true), ("[^a-c]x", "bx", false), ("[]]", "]", true), ("[!]]", "]", false),
        ("[a-]", "-", true),
        ("[-a]", "-", true), ("\\*", "*", true), ("\\*", "x", false), ("\\[a]", "[a]", true), ("a\\\\b", "a\\b", true),
        ("*?", "", false), ("?*", "x", true), ("[*]", "*", true), ("[*]", "x", false), ("日本*", "日本語", true),
        ("/a/*", "/a/b/c", true), (".*", ".hidden", true), ("*", ".hidden", true),
        // The plain shapes, which are compared byte by byte.
        ("a*", "", false), ("*a", "", false), ("*a*", "", false), ("*a*", "a", true), ("*ab*", "aab", true),
        ("*ab*", "aba", true), ("*ab*", "ba", false), ("*abc", "abc", true), ("*abc", "ababc", true),
        ("*abc", "bc", false),
        ("\\a\\*", "a*", true), ("\\a\\*", "ab", false), ("*\\**", "x*y", true), ("*\\**", "xy", false),
        ("é*", "ée", true), ("é*", "e\u{301}", false), ("*\u{301}", "e\u{301}", true), ("*日*", "今日は", true),
        ("*[b]*", "abc", true), ("a*c", "abc", true), ("a*c", "ab", false), ("a?", "aé", true), ("a?", "a", false),
    ])
    func `a pattern covers the whole text`(pattern: String, text: String, matches: Bool) throws {
        #expect(try Glob(pattern).matches(text) == matches)
    }

    @Test(arguments: [
        ("[", Glob.Malformed.emptySet), ("[!", .emptySet), ("[a", .unclosedSet), ("[]", .unclosedSet),
        ("[!]", .unclosedSet), ("[b-a]", .backwardRange), ("a\\", .danglingEscape), ("x[a-", .unclosedSet),
    ])
    func `what is no pattern is refused with what is wrong`(pattern: String, why: Glob.Malformed) {
        #expect(throws: why) { try Glob(pattern) }
    }

    @Test func `the pattern keeps its text`() throws {
        #expect(try Glob("a**b").pattern == "a**b")
    }

    @Test(arguments: [21, 22, 23] as [UInt64])
    func `random patterns match as the plain definition says`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let letters: [Unicode.Scalar] = ["a", "b", "c", "*", "?", "[", "]", "-", "!", "\\", "é"]
        let texts: [Unicode.Scalar] = ["a", "b", "c", "]", "-", "!", "é", "\\"]
        var compared = 0
        for _ in 0..<20_000 {
            let pattern = scalars(letters, 0...7, &random)
            guard let glob = try? Glob(pattern) else { continue }
            let text = scalars(texts, 0...6, &random)
            let expected = GlobReference.matches(pattern, text)
            #expect(glob.matches(text) == expected, "seed \(seed): \(pattern) on \(text)")
            compared += 1
        }
        #expect(compared > 5_000)
    }

    @Test(arguments: [31, 32] as [UInt64])
    func `random patterns match as fnmatch of the C library does`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Without the backslash: inside a set it is a plain character here and an escape there.
        let letters: [Unicode.Scalar] = ["a", "b", "c", "*", "?", "[", "]", "-", "!", "^"]
        for _ in 0..<20_000 {
            let pattern = scalars(letters, 0...7, &random)
            guard let glob = try? Glob(pattern) else { continue }
            let text = scalars(["a", "b", "c", "]", "-", "!"], 0...6, &random)
            let expected = GlobReference.libraryMatches(pattern, text)
            #expect(glob.matches(text) == expected, "seed \(seed): \(pattern) on \(text)")
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `a hostile name cannot stall the matching`() throws {
        let glob = try Glob(String(repeating: "a*", count: 50) + "b")
        #expect(!glob.matches(String(repeating: "a", count: 2_000)))
    }

    private func scalars(
        _ alphabet: [Unicode.Scalar],
        _ lengths: ClosedRange<Int>,
        _ random: inout SeededGenerator
    ) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<random.integer(lengths) { if let scalar = random.pick(alphabet) { text.append(scalar) } }
        return String(text)
    }
}
