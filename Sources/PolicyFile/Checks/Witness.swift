// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// A notebook that a rule decides about, made of the simplest texts that fit its globs.
///
/// An earlier rule that does not match it takes not all notebooks from that rule. So most rules need no proof that they
/// leave something over. It shows what cannot be proved, and proves nothing.
struct Witness {
    private let selector: Selector
    /// A glob that the text of a field must fit.
    private let globs: [Field: Glob]
    /// The text of each such field, unless the notebook is adapted.
    private let texts: [Field: String]
    private let effort: ProofEffort
    /// What stands for all that no glob names.
    private static let unusual = "\u{F8FF}"

    init(_ selector: Selector, _ effort: ProofEffort) {
        self.selector = selector
        self.effort = effort
        var globs: [Field: Glob] = [:]
        for case (let field, let list)? in selector.conditions.map(\.globs) { globs[field] = list.first }
        self.globs = globs
        texts = globs.mapValues { $0.sample(Self.unusual) }
    }

    /// Whether the simplest notebook is one that `earlier` does not match.
    func isLeft(by earlier: Selector) -> Bool { isLeft([:], by: earlier) }

    /// The same of a notebook that is made to fit what `earlier` does not want.
    func isLeftWhenAdapted(by earlier: Selector) -> Bool {
        var fillings: [Field: String] = [:]
        for case .not(let inner) in earlier.conditions {
            for case (let field, let list)? in inner.conditions.map(\.globs) {
                fillings[field] = list.first?.sample("")
            }
        }
        return !fillings.isEmpty && isLeft(fillings, by: earlier)
    }

    private func isLeft(_ fillings: [Field: String], by earlier: Selector) -> Bool {
        verdict(earlier, fillings) == false && verdict(selector, fillings) != false
    }

    /// Whether a selector matches; nil where that depends on more than texts.
    private func verdict(_ selector: Selector, _ fillings: [Field: String]) -> Bool? {
        var isKnown = true
        for condition in selector.conditions {
            switch verdict(condition, fillings) {
            case false?: return false
            case nil: isKnown = false
            case true?: break
            }
        }
        return isKnown ? true : nil
    }

    private func verdict(_ condition: Selector.Condition, _ fillings: [Field: String]) -> Bool? {
        if case .not(let inner) = condition { return verdict(inner, fillings).map { !$0 } }
        guard let (field, list) = condition.globs else { return nil }
        guard let text = text(of: field, fillings[field]) else { return false }
        effort.spend(10 * list.count)
        return list.contains { $0.matches(text) }
    }

    private func text(of field: Field, _ filling: String?) -> String? {
        if let filling { return globs[field]?.sample(filling) ?? filling }
        // Without a pool, a description or a tag a condition on it is false.
        return texts[field] ?? (field.needsTextForNo ? Self.unusual : nil)
    }
}
