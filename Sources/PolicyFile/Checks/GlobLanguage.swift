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
    package static func isCovered(_ glob: Glob, by others: [Glob]) -> Bool {
        isEmpty(wanted: [[glob]], excluded: others)
    }

    /// Whether provably no text fits at least one glob of each list of `wanted` and none of `excluded`.
    ///
    /// Without any list, every text is wanted.
    package static func isEmpty(wanted: [[Glob]], excluded: [Glob]) -> Bool {
        if excluded.contains(where: \.matchesEverything) { return true }
        let lists = wanted.filter { !$0.contains(where: \.matchesEverything) }
        if let pivot = lists.firstIndex(where: { $0.allSatisfy(\.isLiteral) }) {
            // Texts are known: they need no automaton.
            return lists[pivot].allSatisfy { glob in
                let text = glob.literalText
                return lists.contains { list in !list.contains { $0.matches(text) } }
                    || excluded.contains { $0.matches(text) }
            }
        }
        guard let first = lists.first else {
            return GlobAutomaton(wanted: [], excluded: bounded(excluded), mostStates: mostStates).isEmpty
        }
        let rest = Array(lists.dropFirst())
        return first.allSatisfy { glob in isEmpty(glob, rest, excluded) }
    }

    /// The same for one glob of the first list; the others are few or none.
    private static func isEmpty(_ glob: Glob, _ rest: [[Glob]], _ excluded: [Glob]) -> Bool {
        if excluded.contains(glob) || rest.contains(where: { $0.allSatisfy { $0.isApart(from: glob) } }) { return true }
        let near = excluded.filter { !$0.isApart(from: glob) }
        let lists = [[glob]] + rest
        guard lists.joined().allSatisfy({ $0.tokens.count <= GlobAutomaton.mostTokens }),
            lists.reduce(0, { $0 + $1.count }) <= mostGlobs
        else { return false }
        return GlobAutomaton(wanted: lists, excluded: bounded(near), mostStates: mostStates).isEmpty
    }

    /// Fewer exclusions leave more texts, so dropping some can only lose a proof.
    private static func bounded(_ globs: [Glob]) -> [Glob] {
        Array(globs.filter { $0.tokens.count <= GlobAutomaton.mostTokens }.prefix(mostGlobs))
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
    /// The only character that fits; nil where several do.
    var scalar: Unicode.Scalar? { if case .literal(let scalar) = self { scalar } else { nil } }
}
