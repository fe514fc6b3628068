// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What globs match, taken as languages: whether some text fits these and none of those.
///
/// The answer is exact where it is given: the tokens of all globs run side by side as one automaton, over one
/// representative of each set of characters that no glob tells apart. What would take too many steps is not answered, and
/// no answer means "not proven", never "no".
package enum GlobLanguage {
    /// So many states of the joint automaton are looked at.
    private static let mostStates = 400
    /// So many globs run side by side.
    private static let mostGlobs = 48

    /// Whether each text of `glob` is provably one of `others`, too.
    package static func isCovered(_ glob: Glob, by others: [Glob], _ effort: ProofEffort) -> Bool {
        isEmpty(wanted: [[glob]], excluded: others, effort)
    }

    /// Whether provably no text fits at least one glob of each list of `wanted` and none of `excluded`.
    ///
    /// Without any list, every text is wanted.
    package static func isEmpty(wanted: [[Glob]], excluded: [Glob], _ effort: ProofEffort) -> Bool {
        if effort.isSpent { return false }
        effort.spend(1 + excluded.count + wanted.reduce(0) { $0 + $1.count })
        if excluded.contains(where: \.matchesEverything) { return true }
        let lists = wanted.filter { !$0.contains(where: \.matchesEverything) }
        if let pivot = lists.firstIndex(where: { $0.allSatisfy(\.isLiteral) }) {
            // Texts are known: they need no automaton.
            return lists[pivot].allSatisfy { !effort.isSpent && !fits($0.literalText, lists, excluded, effort) }
        }
        guard let first = lists.first else { return isEmpty([], excluded, effort) }
        let rest = Array(lists.dropFirst())
        return first.allSatisfy { glob in
            if effort.isSpent { return false }
            effort.spend(excluded.count + rest.reduce(0) { $0 + $1.count })
            if excluded.contains(glob) || rest.contains(where: { $0.allSatisfy { $0.isApart(from: glob) } }) {
                return true
            }
            // Most globs that are not covered show it by their simplest texts.
            let fillings = ["", "\u{F8FF}"] + rest.compactMap { $0.first?.sample("") }.prefix(2)
            if fillings.contains(where: { fits(glob.sample($0), rest, excluded, effort) }) { return false }
            return isEmpty([[glob]] + rest, excluded.filter { !$0.isApart(from: glob) }, effort)
        }
    }

    private static func isEmpty(_ wanted: [[Glob]], _ excluded: [Glob], _ effort: ProofEffort) -> Bool {
        guard wanted.joined().allSatisfy({ $0.tokens.count <= GlobAutomaton.mostTokens }),
            wanted.reduce(0, { $0 + $1.count }) <= mostGlobs
        else { return false }
        // Fewer exclusions leave more texts, so dropping some can only lose a proof.
        let near = excluded.filter { $0.tokens.count <= GlobAutomaton.mostTokens }.prefix(mostGlobs)
        let automaton = GlobAutomaton(wanted: wanted, excluded: Array(near), mostStates: mostStates, effort)
        return automaton?.isEmpty(effort) ?? false
    }

    /// Whether the text fits one glob of each list and none of `excluded`.
    private static func fits(_ text: String, _ lists: [[Glob]], _ excluded: [Glob], _ effort: ProofEffort) -> Bool {
        effort.spend((1 + text.utf8.count) * (excluded.count + lists.reduce(0) { $0 + $1.count }))
        return lists.allSatisfy { list in list.contains { $0.matches(text) } }
            && !excluded.contains { $0.matches(text) }
    }
}

extension Glob {
    /// Whether it is a text without any wildcard.
    var isLiteral: Bool { literalPrefix.count == tokens.count }

    /// The text of a literal.
    var literalText: String { String(String.UnicodeScalarView(literalPrefix)) }

    var matchesEverything: Bool { tokens == [.anyRun] }

    /// The characters that every matching text begins with.
    var literalPrefix: [Unicode.Scalar] { tokens.prefix { $0.scalar != nil }.compactMap(\.scalar) }

    /// The characters that every matching text ends with, the last one first.
    var literalSuffix: [Unicode.Scalar] { tokens.reversed().prefix { $0.scalar != nil }.compactMap(\.scalar) }

    /// A text that fits, with `filling` for each `*`.
    func sample(_ filling: String) -> String {
        String(String.UnicodeScalarView(tokens.flatMap { $0.sample(filling) }))
    }

    /// Whether no text fits both, to be seen from how they begin; false says nothing.
    func isApart(from other: Glob) -> Bool {
        for (own, others) in zip(tokens, other.tokens) {
            guard let own = own.scalar, let others = others.scalar else { return false }
            if own != others { return true }
        }
        return false
    }
}

extension Glob.Token {
    /// Characters that it may stand for.
    fileprivate func sample(_ filling: String) -> [Unicode.Scalar] {
        switch self {
        case .literal(let scalar): [scalar]
        case .anyRun: Array(filling.unicodeScalars)
        case .anyScalar: ["\u{F8FF}"]
        case .set(let ranges, let isNegated): isNegated ? ["\u{F8FF}"] : ranges.first.map { [$0.lowerBound] } ?? []
        }
    }

    /// The only character that fits; nil where several do.
    var scalar: Unicode.Scalar? { if case .literal(let scalar) = self { scalar } else { nil } }
}
