// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A generator of random numbers that a seed repeats exactly (Sebastiano Vigna's SplitMix64).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Whether something happens that happens so many times in a hundred.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// A number from 0 on, below `count`; 0 when there is none.
    mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(1, count), using: &self) }

    /// One of the choices, of which there is at least one.
    mutating func pick<Choice>(_ first: Choice, _ others: Choice...) -> Choice {
        let index = below(others.count + 1)
        return index == 0 ? first : others[index - 1]
    }

    /// One of the choices; nil of none.
    mutating func pick<Choice>(from choices: [Choice]) -> Choice? { choices.randomElement(using: &self) }
}
