// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Finds the rules that can never decide about a notebook, and proves it.
///
/// Silence means "not proven".
struct RuleReach {
    private let rules: [PlacedRule]
    private let neighbours: RuleNeighbours
    private var cover: ListCover
    private let noFacts: Facts
    private let effort: ProofEffort

    private static let effortOfOne = 20_000
    /// More rules than this are not tried together.
    private static let mostTogether = 16

    /// Why a rule never decides.
    enum Obstacle {
        /// Its own conditions, by their keys, contradict each other.
        case contradiction([String])
        /// These earlier rules together match all of its notebooks, each of them needed.
        case earlier([PlacedRule])
    }

    /// `marks` is how notebooks are marked in this policy.
    init(_ rules: [PlacedRule], marks: MarkSettings?, _ effort: ProofEffort) {
        self.effort = effort
        self.rules = rules
        // Where tags mark, a mark may stand in tags that nobody can read.
        noFacts = Facts(marksMayHide: marks?.tag != nil, effort)
        neighbours = RuleNeighbours(rules.map(\.rule.match))
        cover = ListCover(rules.map(\.rule.match))
    }

    /// The obstacle of the rule at `index`, if one can be proved.
    mutating func obstacle(at index: Int) -> Obstacle? {
        if effort.isSpent { return nil }
        let match = rules[index].rule.match
        let base = Refutation(Claim(.yes, match), noFacts)
        if proves(base) { return .contradiction(contradiction(in: match)) }
        let earlier = neighbours.earlier(than: index, effort).filter {
            rules[$0].rule.outcome.decides(wherever: rules[index].rule.outcome)
        }
        let witness = Witness(match, effort)
        let near = earlier.filter { !witness.isLeft(by: rules[$0].rule.match) }
        if near.isEmpty { return nil }
        for candidate in near where cover.mayTakeAll(of: index, candidate, effort) {
            if witness.isLeftWhenAdapted(by: rules[candidate].rule.match) { continue }
            if proves(base, without: [candidate]) { return .earlier([rules[candidate]]) }
        }
        guard earlier.count > 1, earlier.count <= Self.mostTogether, proves(base, without: earlier) else { return nil }
        var needed = earlier
        for candidate in earlier.reversed() {
            let fewer = needed.filter { $0 != candidate }
            if proves(base, without: fewer) { needed = fewer }
        }
        return .earlier(needed.map { rules[$0] })
    }

    /// Whether no notebook fulfils the base and is left over by the rules at `indices`.
    private func proves(_ base: Refutation, without indices: [Int] = []) -> Bool {
        if effort.isSpent { return false }
        var refutation = base
        for index in indices { refutation.suppose(Claim(.notYes, rules[index].rule.match)) }
        return effort.limiting(to: Self.effortOfOne) { refutation.succeeds(effort) }
    }

    /// The keys of conditions that contradict each other, as few as possible.
    private func contradiction(in match: Selector) -> [String] {
        var needed = match.conditions
        for position in match.conditions.indices.reversed() {
            var fewer = needed
            fewer.remove(at: position)
            if proves(Refutation(Claim(.yes, Selector(fewer)), noFacts)) { needed = fewer }
        }
        return needed.map(\.path)
    }
}

extension RuleReach.Obstacle: CustomStringConvertible {
    /// The ground, to be put behind "can never match: ".
    var description: String {
        switch self {
        case .contradiction(let keys):
            let names = keys.map { "`\($0)`" }
            guard let last = names.last, names.count > 1 else {
                return "no notebook fulfils \(names.first ?? "its conditions")"
            }
            return "no notebook fulfils \(names.dropLast().joined(separator: ", ")) and \(last) at once"
        case .earlier(let rules):
            let names = rules.map { "\(Quoted.value($0.rule.name)) at \($0.place.line):\($0.place.column)" }
            guard let last = names.last, names.count > 1 else {
                return "\(names.first ?? "") matches all of its notebooks first"
            }
            return "\(names.dropLast().joined(separator: ", ")) and \(last) together match all of its notebooks first"
        }
    }
}

extension Outcome {
    /// Whether a rule with this outcome decides about every notebook that it matches, at every instant at which a later
    /// rule with the other outcome could.
    fileprivate func decides(wherever other: Outcome) -> Bool {
        guard case .keepAlive(let terms) = self, let until = terms.until else { return true }
        // A `keepAlive` with an end lets later rules decide from then on.
        if case .keepAlive(let others) = other, let end = others.until { return end <= until }
        return false
    }
}

extension Selector.Condition {
    /// Where the condition stands in a policy file, below `match`.
    fileprivate var path: String {
        if case .tag(let tag, _) = self { "\(key).\(Quoted.plain(tag))" } else { key }
    }
}
