// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Several globs read a text side by side, each as the set of the positions in its tokens that it may be at.
struct GlobAutomaton {
    /// A set of positions is one machine word: a position before each token, and one behind the last.
    static let mostTokens = 62

    private let lanes: [Lane]
    /// The lanes of each list of which one must accept.
    private let wanted: [Range<Int>]
    /// The lanes of which none may accept.
    private let excluded: Range<Int>
    /// One character of each set that no glob tells apart.
    private let alphabet: [Unicode.Scalar]
    private let mostStates: Int

    private typealias State = [UInt64]

    /// A larger table of letters by tokens is not made.
    private static let mostCells = 100_000

    /// Nil where the table of its steps would be too large.
    init?(wanted: [[Glob]], excluded: [Glob], mostStates: Int, _ effort: ProofEffort) {
        var ranges: [Range<Int>] = []
        var globs: [Glob] = []
        for list in wanted {
            ranges.append(globs.count..<(globs.count + list.count))
            globs += list
        }
        self.wanted = ranges
        self.excluded = globs.count..<(globs.count + excluded.count)
        globs += excluded
        let alphabet = Self.representatives(of: globs)
        self.alphabet = alphabet
        let cells = globs.reduce(0) { $0 + $1.tokens.count } * alphabet.count
        guard cells <= Self.mostCells else { return nil }
        effort.spend(cells)
        lanes = globs.map { Lane($0, alphabet: alphabet) }
        self.mostStates = mostStates
    }

    /// Whether no text is accepted; false also when that would take too many states to tell.
    func isEmpty(_ effort: ProofEffort) -> Bool {
        let start = lanes.map(\.start)
        var seen: Set<State> = [start]
        var open = [start]
        while let state = open.popLast() {
            if accepts(state) { return false }
            if effort.isSpent { return false }
            effort.spend(alphabet.count * lanes.count)
            for letter in alphabet.indices {
                let next = zip(lanes, state).map { $0.step($1, letter) }
                guard mayAccept(next), seen.insert(next).inserted else { continue }
                if seen.count > mostStates { return false }
                open.append(next)
            }
        }
        return true
    }

    private func accepts(_ state: State) -> Bool {
        wanted.allSatisfy { list in list.contains { lanes[$0].isAccepting(state[$0]) } }
            && !excluded.contains { lanes[$0].isAccepting(state[$0]) }
    }

    /// Whether a text that leads here could still go on to be accepted.
    private func mayAccept(_ state: State) -> Bool {
        wanted.allSatisfy { list in list.contains { state[$0] != 0 } }
            && !excluded.contains { lanes[$0].acceptsAllFrom(state[$0]) }
    }

    /// Cuts the characters at the bounds of every literal and set, and takes the first of each part.
    private static func representatives(of globs: [Glob]) -> [Unicode.Scalar] {
        var cuts: Set<UInt32> = [0]
        for range in globs.flatMap(\.tokens).flatMap(\.ranges) {
            cuts.insert(range.lowerBound.value)
            cuts.insert(range.upperBound.value + 1)
        }
        let sorted = cuts.filter { $0 <= 0x10FFFF }.sorted()
        return zip(sorted, sorted.dropFirst() + [0x110000]).compactMap { low, end in
            // Surrogates are no characters: a part that begins among them goes on behind them, or is none.
            if let scalar = Unicode.Scalar(low) { return scalar }
            return end > 0xE000 ? Unicode.Scalar(0xE000) : nil
        }
    }
}

/// One glob of the automaton; position `p` is the bit `1 << p`.
private struct Lane {
    let start: UInt64
    private let count: Int
    /// The positions before a `*`, where any character may be read without moving on.
    private let stars: UInt64
    /// For each letter, the positions whose token reads it and moves on.
    private let readers: [UInt64]

    init(_ glob: Glob, alphabet: [Unicode.Scalar]) {
        let tokens = glob.tokens
        count = tokens.count
        var stars: UInt64 = 0
        for (position, token) in tokens.enumerated() where token == .anyRun { stars |= 1 << position }
        self.stars = stars
        readers = alphabet.map { letter in
            var readers: UInt64 = 0
            for (position, token) in tokens.enumerated() where token.matches(letter) { readers |= 1 << position }
            return readers
        }
        start = Self.settled(1, stars)
    }

    func step(_ positions: UInt64, _ letter: Int) -> UInt64 {
        Self.settled((positions & readers[letter]) << 1 | (positions & stars), stars)
    }

    func isAccepting(_ positions: UInt64) -> Bool { positions & (1 << count) != 0 }

    /// Whether a `*` at the very end is reached, from where every text is accepted.
    func acceptsAllFrom(_ positions: UInt64) -> Bool {
        count > 0 && positions & stars & (1 << (count - 1)) != 0
    }

    /// Adds the positions behind each `*`, which may stand for nothing, and drops those before the last one reached: what
    /// they could still accept is accepted from there, too.
    private static func settled(_ positions: UInt64, _ stars: UInt64) -> UInt64 {
        let all = positions | (positions & stars) << 1
        let reached = all & stars
        guard reached != 0 else { return all }
        let last = UInt64.bitWidth - 1 - reached.leadingZeroBitCount
        return all & (UInt64.max << last)
    }
}

extension Glob.Token {
    /// The characters that the token tells from others.
    fileprivate var ranges: [ClosedRange<Unicode.Scalar>] {
        switch self {
        case .literal(let scalar): [scalar...scalar]
        case .set(let ranges, _): ranges
        case .anyScalar, .anyRun: []
        }
    }
}
