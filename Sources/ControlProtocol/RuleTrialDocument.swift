// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// What came of trying one rule.
package struct RuleTrialDocument: Codable, Equatable, Sendable {
    /// The rule's place in the policy, from 1.
    package let number: Int
    package let rule: String
    /// `exempt`, `keepAlive`, `idle` or `stop`.
    package let outcome: String
    /// `decides`, `matches-too`, `mismatch`, `expired` or `cannot-tell`.
    package let result: String
    /// The result in words: the condition that rules it out, for instance.
    package let text: String
    /// Whether the notebook is not stopped because this rule might protect it, if only it could be told.
    package let mayProtect: Bool
    /// The earliest instant at which the condition that rules it out can say otherwise by itself; null for never.
    @ExplicitNull package var changesAt: String?
    package let conditions: [ConditionTrialDocument]

    init(_ trial: RuleTrial) {
        (number, rule, outcome) = (trial.number, trial.rule, trial.outcome)
        conditions = trial.conditions.map(ConditionTrialDocument.init)
        var mayProtect = false
        switch trial.result {
        case .decides:
            (result, text) = ("decides", "matches" + Self.grounds(trial.conditions))
        case .matchesToo: (result, text) = ("matches-too", "would match too, but an earlier rule decides")
        case .expired(let until): (result, text) = ("expired", "matches, but its time was over at \(until)")
        case .mismatch: (result, text) = ("mismatch", trial.obstacle?.description ?? "does not match")
        case .cannotTell(let protection):
            mayProtect = protection != nil
            let why = trial.obstacle?.description ?? "it is not known whether it matches"
            let consequence = mayProtect ? ". It may protect the notebook, so that is not stopped" : ""
            (result, text) = ("cannot-tell", "cannot be told, because \(why)\(consequence)")
        }
        self.mayProtect = mayProtect
        changesAt = trial.obstacle?.changesAt?.description
    }

    private static func grounds(_ conditions: [ConditionTrial]) -> String {
        conditions.isEmpty ? " every notebook" : ": " + conditions.map(\.has).joined(separator: ", ")
    }
}

/// What one condition of a rule says.
package struct ConditionTrialDocument: Codable, Equatable, Sendable {
    /// The key in the policy, such as `flavor`.
    package let field: String
    /// `holds`, `fails` or `cannot-tell`.
    package let verdict: String
    /// What the notebook has, in words.
    package let has: String
    /// What the rule wants, or excludes.
    package let wants: String
    package let excluded: Bool
    @ExplicitNull package var changesAt: String?

    init(_ trial: ConditionTrial) {
        (field, verdict, has, wants) = (trial.field, trial.verdict.rawValue, trial.has, trial.wants)
        excluded = trial.isExcluded
        changesAt = trial.changesAt?.description
    }
}

/// What one source says of the notebook, and what that counts as for the deciding rule.
package struct EvidenceTrialDocument: Codable, Equatable, Sendable {
    package let source: String
    /// Whether the deciding rule asks for it.
    package let asked: Bool
    /// Whether it may be silent as long as another source speaks.
    package let optional: Bool
    /// What it counts as now: `active`, `idle` or `unknown`.
    package let state: String
    @ExplicitNull package var idleSince: String?
    /// When it looked last; null where it has not in this run.
    @ExplicitNull package var observedAt: String?
    @ExplicitNull package var ageSeconds: Double?
    /// Older looks count as unknown; null where the rule sets no limit of its own.
    @ExplicitNull package var maxAgeSeconds: Double?
    /// What the last look saw, as it was.
    @ExplicitNull package var detail: String?
    /// Why it counts as unknown; null where it does not.
    @ExplicitNull package var unknown: String?

    init(_ trial: EvidenceTrial) {
        source = trial.source.text
        asked = trial.use != nil
        optional = trial.use?.isOptional ?? false
        switch trial.activity {
        case .active: state = "active"
        case .idle(let since):
            state = "idle"
            idleSince = since.description
        case .unknown(let why):
            state = "unknown"
            unknown = why.description
        }
        observedAt = trial.look?.observedAt.description
        ageSeconds = trial.age.map { $0 / .seconds(1) }
        maxAgeSeconds = trial.use?.maxAge.map { $0 / .seconds(1) }
        detail = trial.look.flatMap { $0.detail.isEmpty ? nil : $0.detail }
    }
}
