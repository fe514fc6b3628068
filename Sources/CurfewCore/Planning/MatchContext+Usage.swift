// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension MatchContext {
    /// Whether the notebook's group is over the budget.
    func spent(_ budget: UsageBudget) -> RuleMatch {
        guard
            let usage, let account = usage.account(of: record.notebook, under: budget),
            let standing = usage.standing(of: account, at: now)
        else { return RuleMatch(verdict: .notCarried) }
        let verdict: RuleMatch.Verdict =
            switch standing.verdict {
            case .over: .yes
            case .within: .no
            case .unknown: .notCarried
            }
        return RuleMatch(verdict: verdict, changesAt: standing.changesAt)
    }

    /// Why a rule that is passed over for unknown usage might have protected the notebook from a later one; nil where it
    /// surely would not have: a rule that stops by a spent budget protects nothing.
    func unknownUsage(protectingBy rule: Rule) -> Reason? {
        if case .stop = rule.outcome { return nil }
        let budgets = rule.outcome.mayStop ? rule.match.negatedBudgets : rule.match.budgets
        guard !budgets.isEmpty, rule.outcome.holds(at: now) else { return nil }
        return budgets.lazy.compactMap { self.unknown($0) }.first.map { .usageUnknown($0) }
    }

    /// What is to be told of budgets: that the deciding rule's is spent; and of rules before it that would decide but for
    /// their budget, that it is nearly spent or not known.
    ///
    /// `index` is that of the deciding rule, nil where none decides; `told` is not told again.
    func budgetReasons(decidedBy index: Int?, besides told: [Reason]) -> [Reason] {
        guard let usage else { return [] }
        var reasons: [Reason] = []
        for rule in rules.prefix(index ?? rules.count) {
            for case .spent(let budget) in rule.match.conditions {
                let news = news(of: budget, usage)
                guard !news.isEmpty, case .yes = rule.match.withoutBudgets.match(self).verdict else { continue }
                reasons += news
            }
        }
        if let index {
            for case .spent(let budget) in rules[index].match.conditions {
                reasons += figures(of: budget, usage, .over).map { .budgetSpent($0) }
            }
        }
        return reasons.indices.filter { !told.contains(reasons[$0]) && !reasons[..<$0].contains(reasons[$0]) }
            .map { reasons[$0] }
    }

    /// What a user should know of a budget that is not over.
    private func news(of budget: UsageBudget, _ usage: UsageBook) -> [Reason] {
        if let why = unknown(budget) { return [.usageUnknown(why)] }
        guard
            let account = usage.account(of: record.notebook, under: budget),
            usage.standing(of: account, at: now)?.isNearlySpent == true
        else { return [] }
        return figures(of: budget, usage, .nearlySpent).map { .budgetNearlySpent($0) }
    }

    /// Why nobody knows whether the notebook's group is over the budget; nil where it is known.
    func unknown(_ budget: UsageBudget) -> UsageUnknown? {
        guard let usage else { return .notRead }
        guard let account = usage.account(of: record.notebook, under: budget) else { return .noGroup(budget.per) }
        guard let standing = usage.standing(of: account, at: now) else { return .notRead }
        return standing.verdict == .unknown ? .unpriced(usage.whose(account.group)) : nil
    }

    private func figures(of budget: UsageBudget, _ usage: UsageBook, _ state: UsageFigure.State) -> [UsageFigure] {
        guard let account = usage.account(of: record.notebook, under: budget) else { return [] }
        return usage.figures(of: account, at: now).filter { $0.state == state }
    }
}

extension Selector {
    /// The budgets that must not be spent.
    fileprivate var negatedBudgets: [UsageBudget] {
        conditions.flatMap { condition -> [UsageBudget] in
            if case .not(let inner) = condition { inner.budgets } else { [] }
        }
    }

    fileprivate var withoutBudgets: Selector {
        Selector(conditions.filter { if case .spent = $0 { false } else { true } })
    }
}
