// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import PolicyFile
import Testing

/// A small seeded generator (SplitMix64), so that a failing mutation can be had again.
struct SplitMix64: RandomNumberGenerator {
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

@Suite("Mutated policy files", .timeLimit(.minutes(5)))
struct MutationTests {
    /// What hostile or careless hands type.
    private static let tokens = [
        "&a", "*a", "[", "]", "{", "}", ": ", "? ", "- ", "!!str ", "!x ", "\"", "'", "---\n", "...\n", "%YAML 1.2\n",
        "\t",
        "\n", "\r", "#", "|\n", ">\n", "<<: ", "\u{FEFF}", "\u{1}", "é", "🎉", "\u{301}", "~", "null", "-1",
        "99999999999999999999",
        "1e999", "\\", "\"\\u0000\"", "mode: enforce\n", "rules: []\n", "2026-02-30", "0001-01-01", "\u{2028}",
        "\u{85}",
    ]

    private static let batches: [UInt64] = [1, 2, 3, 4, 5, 6, 7, 8]

    @Test(arguments: batches)
    func `I9: no mutation traps, and none yields both a policy and an error`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let sources = try [Repository.text(Repository.examplePolicy), SpecimenPolicy().text].map { Array($0.utf8) }
        for round in 0..<500 {
            var bytes = sources[round % sources.count]
            for _ in 0...Int.random(in: 0..<4, using: &generator) { mutate(&bytes, &generator) }
            let text = String(decoding: bytes, as: UTF8.self)
            let load = load(text)
            let hasErrors = load.diagnostics.contains { $0.severity == .error }
            #expect(hasErrors == (load.policy == nil), "seed \(seed), round \(round): \(text)")
            #expect(load.diagnostics.allSatisfy { $0.line >= 1 && $0.column >= 1 && !$0.message.contains("\n") })
            let places = load.diagnostics.map { ($0.line, $0.column) }
            #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed), round \(round)")
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
        let place = Int.random(in: 0..<max(1, bytes.count), using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1 where place < bytes.count: bytes.remove(at: place)
        case 2: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: min(place, bytes.count))
        case 3:
            let end = min(bytes.count, place + Int.random(in: 0..<40, using: &generator))
            bytes.removeSubrange(min(place, end)..<end)
        case 4:
            let end = min(bytes.count, place + Int.random(in: 0..<60, using: &generator))
            let part = bytes[min(place, end)..<end]
            bytes.insert(contentsOf: part, at: Int.random(in: 0...bytes.count, using: &generator))
        default:
            let token = Self.tokens.randomElement(using: &generator) ?? "["
            bytes.insert(contentsOf: Array(token.utf8), at: min(place, bytes.count))
        }
    }
}
