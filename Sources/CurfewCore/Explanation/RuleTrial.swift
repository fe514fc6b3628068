// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What came of trying one rule on a notebook.
package struct RuleTrial: Sendable, Equatable {
    /// The rule's place, from 1.
    package let number: Int
    package let rule: String
    /// `exempt`, `keepAlive`, `idle` or `stop`, as the policy writes it.
    package let outcome: String
    package let result: Result
    /// What each of its conditions says, in their order.
    package let conditions: [ConditionTrial]

    package enum Result: Sendable, Equatable {
        /// It matches and decides.
        case decides
        /// It would match too, but an earlier rule decides.
        case matchesToo
        case mismatch
        /// It matches, but its `until` has passed.
        case expired(Timestamp)
        /// Nobody can tell whether it matches. Where a reason is given, the notebook is not stopped for as long as that
        /// lasts, because the rule might protect it.
        case cannotTell(Reason?)
    }

    /// The condition that rules the rule out, or that cannot be told; nil where it matches.
    package var obstacle: ConditionTrial? {
        switch result {
        case .decides, .matchesToo, .expired: nil
        case .mismatch: conditions.first { $0.verdict == .fails }
        case .cannotTell: conditions.first { $0.verdict == .cannotTell }
        }
    }

    static func trials(
        of record: NotebookRecord,
        policy: Policy,
        usage: UsageBook?,
        now: Timestamp
    ) -> [RuleTrial] {
        let context = MatchContext(record: record, policy: policy, now: now, usage: usage)
        var isDecided = false
        return policy.rules.enumerated().map { place, rule in
            let trial = RuleTrial(rule, number: place + 1, context, isDecided: isDecided)
            if trial.result == .decides { isDecided = true }
            return trial
        }
    }

    private init(_ rule: Rule, number: Int, _ context: MatchContext, isDecided: Bool) {
        self.number = number
        self.rule = rule.name
        outcome = rule.outcome.name
        conditions = rule.match.conditions.map { ConditionTrial($0, context) }
        switch rule.match.match(context).verdict {
        case .no: result = .mismatch
        case .unreadable: result = .cannotTell(isDecided ? nil : .tagsUnreadable)
        case .notCarried: result = .cannotTell(isDecided ? nil : context.unknownUsage(protectingBy: rule))
        case .yes:
            if case .keepAlive(let terms) = rule.outcome, let until = terms.until, !rule.outcome.holds(at: context.now)
            {
                result = .expired(until)
            } else {
                result = isDecided ? .matchesToo : .decides
            }
        }
    }
}

extension Outcome {
    /// The key under which the policy writes it.
    package var name: String {
        switch self {
        case .exempt: "exempt"
        case .keepAlive: "keepAlive"
        case .idle: "idle"
        case .stop: "stop"
        }
    }
}
