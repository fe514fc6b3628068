// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// What is supposed of one notebook at one instant, to be led to a contradiction.
///
/// Matching has three values (`RuleMatch.Verdict`), so "not yes" is less than "no": a condition on a field that the
/// notebook does not carry is neither.
indirect enum Claim {
    case fact(Stance, Selector.Condition)
    case all([Claim])
    case any([Claim])

    var isFact: Bool { if case .fact = self { true } else { false } }

    /// What is supposed of the verdict of a condition.
    enum Stance: Hashable {
        case yes
        case no
        /// No, or not carried.
        case notYes
        /// Yes, or not carried.
        case notNo

        /// The same of the verdict of the condition inside a `not`.
        var insideNot: Stance {
            switch self {
            case .yes: .no
            case .no: .yes
            case .notYes: .notNo
            case .notNo: .notYes
            }
        }

        /// Whether it must hold of every condition of a selector to hold of the selector, or of one of them.
        var isOfAll: Bool { self == .yes || self == .notNo }
    }

    /// The claim that the verdict of `selector` is as `stance` says.
    init(_ stance: Stance, _ selector: Selector) {
        let parts = selector.conditions.map { Claim(stance, $0) }
        self = parts.count == 1 ? parts[0] : (stance.isOfAll ? .all(parts) : .any(parts))
    }

    private init(_ stance: Stance, _ condition: Selector.Condition) {
        if case .not(let inner) = condition {
            self.init(stance.insideNot, inner)
        } else {
            self = .fact(stance, condition)
        }
    }
}
