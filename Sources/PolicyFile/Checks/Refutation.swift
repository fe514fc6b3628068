// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Leads a set of claims to a contradiction: no notebook can fulfil all of them at any instant.
///
/// Facts are taken as they come; of claims with alternatives those that contradict the facts are struck out, the last
/// one left is a fact, and what remains is tried alternative by alternative. `effort` bounds all of that: once it is
/// spent, nothing more is proved.
struct Refutation {
    private var facts: Facts
    /// Claims of which at least one alternative must hold.
    private var choices: [[Claim]] = []
    private var isContradiction = false

    init(_ claim: Claim, _ facts: Facts) {
        self.facts = facts
        suppose(claim)
    }

    /// Adds a claim.
    mutating func suppose(_ claim: Claim) {
        switch claim {
        case .fact(let stance, let condition):
            if !isContradiction, !facts.take(stance, condition) { isContradiction = true }
        case .all(let claims): for claim in claims { suppose(claim) }
        case .any(let claims): choices.append(claims)
        }
    }

    /// Whether the claims provably contradict each other.
    func succeeds(_ effort: ProofEffort) -> Bool {
        var copy = self
        return copy.settle(effort)
    }

    private mutating func settle(_ effort: ProofEffort) -> Bool {
        var isSettled = false
        while !isSettled, !isContradiction {
            isSettled = true
            let open = choices
            choices = []
            for choice in open {
                // With nothing else to decide, one fact that is left is the end: no contradiction is to be found.
                if open.count == 1, choice.contains(where: { $0.isFact && isAlive($0, effort) }) { return false }
                let alive = choice.filter { isAlive($0, effort) }
                if alive.isEmpty { return true }
                if alive.count > 1 {
                    choices.append(alive)
                } else {
                    suppose(alive[0])
                    isSettled = false
                }
            }
        }
        return isContradiction || splits(effort)
    }

    /// Tries every alternative of the shortest choice.
    private func splits(_ effort: ProofEffort) -> Bool {
        guard let shortest = choices.indices.min(by: { choices[$0].count < choices[$1].count }), !effort.isSpent else {
            return false
        }
        for alternative in choices[shortest] {
            var branch = self
            branch.choices.remove(at: shortest)
            branch.suppose(alternative)
            guard branch.settle(effort) else { return false }
        }
        return true
    }

    /// Whether the facts leave room for the claim; true when the effort is spent.
    private func isAlive(_ claim: Claim, _ effort: ProofEffort) -> Bool {
        guard !effort.isSpent else { return true }
        effort.spend(50)
        switch claim {
        case .fact(let stance, let condition):
            return facts.admit(stance, condition)
        case .all(let claims):
            var copy = self
            copy.choices = []
            for claim in claims { copy.suppose(claim) }
            return !copy.isContradiction
        case .any(let claims): return claims.contains { isAlive($0, effort) }
        }
    }
}
