// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Some of the rules of a block, by their places in it: a bit for each.
struct RuleSet: Equatable, Sendable {
    /// How many rules a block has at most.
    static let capacity = 256
    static let none = RuleSet(words: .zero)

    private(set) var words: SIMD4<UInt64>

    /// The places 0 to `count` - 1.
    static func first(_ count: Int) -> RuleSet {
        var set = RuleSet.none
        for place in 0..<count { set.insert(place) }
        return set
    }

    @inline(__always) func isDisjoint(with other: RuleSet) -> Bool { words & other.words == .zero }

    func contains(_ place: Int) -> Bool { words[place >> 6] >> UInt64(place & 63) & 1 == 1 }

    mutating func insert(_ place: Int) { words[place >> 6] |= 1 << UInt64(place & 63) }

    @inline(__always) mutating func formUnion(_ other: RuleSet) { words |= other.words }
    @inline(__always) mutating func subtract(_ other: RuleSet) { words &= ~other.words }

    /// Takes the first place out of the set; nil when it is empty.
    @inline(__always) mutating func popFirst() -> Int? {
        for index in 0..<4 where words[index] != 0 {
            let bit = words[index].trailingZeroBitCount
            words[index] &= words[index] - 1
            return index << 6 | bit
        }
        return nil
    }
}
