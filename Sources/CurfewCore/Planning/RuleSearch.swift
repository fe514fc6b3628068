// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The search for the rule that decides about a notebook.
struct RuleSearch {
    /// The place of the first rule that matches and still applies.
    private(set) var rule: Int?
    /// The earliest instant at which the search could end otherwise without new facts.
    private(set) var changesAt: Timestamp?
    /// Why a rule before the one found might match for all that is known; nil where none does.
    private(set) var mayBeProtected: Reason?
    /// The facts behind budgets; nil where nobody knows who has used how much.
    private let budgetFacts: MatchContext?

    init(_ record: borrowing NotebookRecord, policy: borrowing Policy, usage: UsageBook?, now: Timestamp) {
        let rules = policy.rules
        let notebook = record.notebook
        if let usage {
            budgetFacts = MatchContext(record: copy record, policy: policy, now: now, usage: usage)
        } else {
            budgetFacts = nil
        }
        var context = budgetFacts
        let isHidden = policy.marks?.mayBeHidden(in: notebook) ?? false
        let mayBeMarked = record.hasMarkOrGrant || isHidden
        var start = rules.startIndex
        for block in policy.index.blocks {
            var candidates = block.candidates(for: notebook, mayBeMarked: mayBeMarked)
            while let place = candidates.rules.popFirst() {
                let isUnsure = candidates.unsure.contains(place)
                let asked = isUnsure ? rules[start + place].match : block.rest[place]
                if !asked.conditions.isEmpty {
                    let facts = context ?? MatchContext(record: copy record, policy: policy, now: now)
                    context = facts
                    let match = asked.match(facts)
                    changesAt = Planner.earliest(changesAt, match.changesAt)
                    switch match.verdict {
                    case .yes: break
                    case .no: continue
                    case .unreadable:
                        mayBeProtected = .tagsUnreadable
                        continue
                    case .notCarried:
                        mayBeProtected = mayBeProtected ?? facts.unknownUsage(protectingBy: rules[start + place])
                        continue
                    }
                }
                if rules[start + place].outcome.holds(at: now) {
                    rule = start + place
                    return
                }
            }
            start += RuleSet.capacity
        }
    }

    /// What is to be told of budgets besides `told`.
    func budgetReasons(besides told: [Reason]) -> [Reason] {
        budgetFacts?.budgetReasons(decidedBy: rule, besides: told) ?? []
    }
}

extension Outcome {
    /// Whether the outcome still applies; a `keepAlive` whose `until` has passed lets later rules decide.
    func holds(at now: Timestamp) -> Bool {
        guard case .keepAlive(let terms) = self, let until = terms.until else { return true }
        return now < until
    }
}
