// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import PolicyFile
import Testing

@Suite("YAML documents", .timeLimit(.minutes(20)))
struct DocumentTests {
    @Test func `JSON with tabs and without spaces is read`() throws {
        let text = """
            {
            \t"version":1,
            \t"service":{"kind":"modelarts","region":"eu-de","projectID":"p"},
            \t"rules":[{"name":"a\\u0062\\/c","exempt":true}]
            }
            """
        #expect(try policy(text).rules.map(\.name) == ["ab/c"])
    }

    @Test func `a byte order mark and carriage returns change nothing`() throws {
        let text = "\u{FEFF}" + policyText().split(separator: "\n").joined(separator: "\r\n")
        #expect(try policy(text) == policy(policyText()))
        let bad = "\u{FEFF}version: 1\r\nmode: x\r\nmode: y\r\nzone: z\r\n"
        let places = load(bad).diagnostics.map { "\($0.line):\($0.column)" }
        #expect(places == ["1:1", "1:1", "2:7", "3:1", "4:1"])
    }

    @Test func `columns count characters, not bytes`() {
        let load = load(policyText(rule: "{name: 🎉é, stop: {wran: 1h}}"))
        #expect(load.lines.first == "4:27: error: unknown key `wran` in `stop`; did you mean `warn`?")
    }

    @Test func `aliases cannot expand, wherever they stand`() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(items)]\n"
        }
        for text in [bomb, bomb + "? *a30\n: x\n", "k: &k {*k : x}\n", bomb.replacing("\n", with: " ")] {
            let load = load(text)
            #expect(load.policy == nil)
            #expect(load.lines.count <= 2)
        }
        #expect(load(bomb).lines.first?.contains("YAML alias") == true)
    }

    @Test(arguments: ["[", "{a: ", "- ", "? ", "{? ", "[{", "not: {"])
    func `deep nesting is an error`(opening: String) {
        for depth in [70, 900, 5_000, 100_000] {
            let load = load(
                "version: 1\nrules: \(opening == "- " ? "\n " : "")" + String(repeating: opening, count: depth)
            )
            #expect(load.policy == nil)
            #expect(!load.lines.isEmpty)
        }
        let nested = String(repeating: "{not: ", count: 200) + "{name: x}" + String(repeating: "}", count: 200)
        let lines = load(policyText(rule: "{name: a, match: \(nested), stop: {}}")).lines
        #expect(lines.count == 1)
        #expect(lines.first?.hasSuffix("error: the file is nested deeper than 64 levels; no policy needs that") == true)
    }

    @Test func `too many values are an error`() {
        let names = Array(repeating: "a", count: 60_000).joined(separator: ",")
        let lines = load(policyText(rule: "{name: a, match: {name: [\(names)]}, stop: {}}")).lines
        #expect(lines.count == 1)
        #expect(lines.first?.hasSuffix("error: the file has too many values; no policy needs that") == true)
    }

    @Test func `many duplicate keys are all found, and a flood of them ends`() {
        let some = load("version: 1\n" + (0..<20).map { "k\($0): 1\nk\($0): 2\n" }.joined())
        #expect(some.lines.count { $0.contains("is there more than once, first at ") } == 20)
        let flood = load((0..<2_000).map { "k\($0): 1\nk\($0): 2\n" }.joined())
        #expect(flood.lines.count == 1)
        #expect(flood.lines.first?.contains("is there more than once") == true)
    }

    @Test(arguments: ["'a b'", "\"a b\"", "a b", "🎉", "'it''s'", "\"\\x41\"", "''"])
    func `a duplicate key is found however it is written`(key: String) {
        let load = load(policyText(rule: "{name: a, match: {tag: {\(key): x, y: z, \(key): x}}, stop: {}}"))
        #expect(load.policy == nil)
        #expect(load.lines.contains { $0.contains("is there more than once") })
    }

    @Test func `control characters have a place`() {
        #expect(
            load("version: 1\nmode: \u{1}\n").lines == [
                "2:7: error: not valid YAML: control characters are not allowed"
            ]
        )
        #expect(load("version: 1\n\0").policy == nil)
    }

    @Test func `messages stay in one line and bounded`() {
        let load = load("{version: 1, mode: \"a\\n\\e[31m\u{202E}\(String(repeating: "x", count: 500))\"}")
        for diagnostic in load.diagnostics {
            #expect(diagnostic.message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" })
            #expect(diagnostic.message.count < 300)
        }
    }

    @Test func `the rendering is that of compilers`() {
        let load = PolicyLoader().load(text: "version: 2", file: "/etc/curfew/policy.yaml", now: loadingTime)
        #expect(
            load.diagnostics.map(\.description).contains {
                $0.hasPrefix("/etc/curfew/policy.yaml:1:10: error: `version`")
            }
        )
    }
}
