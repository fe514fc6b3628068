// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What one condition of a rule says about a notebook, and in words why.
package struct ConditionTrial: Sendable, Equatable {
    /// The key of the condition in the policy: `flavor`, `not`.
    package let field: String
    package let verdict: Verdict
    /// What the notebook has: `flavor is modelarts.vm.cpu.2u`.
    package let has: String
    /// What the rule wants, or excludes: `*.gpu.*`.
    package let wants: String
    /// Whether `wants` is what the rule excludes.
    package let isExcluded: Bool
    /// The earliest instant at which it can say otherwise without new facts; nil where only new facts can change it.
    package let changesAt: Timestamp?

    package enum Verdict: String, Sendable, Equatable {
        case holds
        case fails
        /// The notebook does not carry what is asked for, or it cannot be read.
        case cannotTell = "cannot-tell"
    }

    init(_ condition: Selector.Condition, _ context: MatchContext) {
        let match = condition.match(context)
        verdict =
            switch match.verdict {
            case .yes: .holds
            case .no: .fails
            case .notCarried, .unreadable: .cannotTell
            }
        changesAt = match.changesAt
        let words = ConditionWords(condition, context)
        (field, has, wants, isExcluded) = (condition.key, words.has, words.wants, words.isExcluded)
    }
}

extension ConditionTrial: CustomStringConvertible {
    /// `flavor is modelarts.vm.cpu.2u, the rule wants *.gpu.*`.
    package var description: String { "\(has), the rule \(isExcluded ? "excludes" : "wants") \(wants)" }
}
