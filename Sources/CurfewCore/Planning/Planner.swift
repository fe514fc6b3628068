// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Decides about notebooks: no I/O, no clock, no logger, no randomness, and it never throws.
///
/// The same record, policy and instant always give the same decision.
package enum Planner {
    /// Looks older than this support no warning and no stop, however they turned out.
    package static let freshness: Duration = .seconds(30)

    /// How long before a deadline the look is taken that the decision at the deadline rests on: at most 10 s, and less
    /// for short budgets.
    ///
    /// So a stop is proposed on time, and only then verified once more.
    static func lead(for budget: Duration) -> Duration {
        min(.seconds(10), Duration(wholeMilliseconds: budget.wholeMilliseconds / 4))
    }

    /// How long an answer that sums up a span is left alone when it said active and no sweep brought another one.
    static let spanRecheck: Duration = .seconds(300)

    /// Decides about every notebook of the world and applies the guards.
    package static func plan(_ world: World, policy: Policy, usage: UsageBook? = nil, now: Timestamp) -> Plan {
        var decisions = world.records.map { decide($0, policy: policy, usage: usage, now: now) }
        var holds = world.holds
        let due = decisions.count { $0.action == .stop }
        let guarded = GuardCheck.stops(
            due: due,
            recent: world.recentStops,
            running: world.running,
            settings: policy.guards.stops
        )
        if due > 0, let guarded { holds.append(guarded) }
        if let hold = holds.first {
            for index in decisions.indices where decisions[index].action == .stop {
                decisions[index] = decisions[index].held(by: hold)
            }
        }
        return Plan(decisions: decisions, holds: holds)
    }

    /// Decides about one notebook, without the guards.
    ///
    /// Looks from before `evidenceNotBefore` support no warning and no stop; by default those older than `freshness`.
    /// Without `usage` no budget is known to be spent, nor not to be.
    package static func decide(
        _ record: NotebookRecord,
        policy: Policy,
        usage: UsageBook? = nil,
        now: Timestamp,
        evidenceNotBefore: Timestamp? = nil
    ) -> Decision {
        let id = record.notebook.id
        guard record.notebook.status.isRunning else {
            return Decision(.leave, for: id, reasons: [.notRunning(record.notebook.status)])
        }
        let search = RuleSearch(record, policy: policy, usage: usage, now: now)
        let mark = record.markNews(policy, now: now)
        guard let rule = search.rule.map({ policy.rules[$0] }) else {
            return Decision(
                .leave,
                for: id,
                reasons: [.noRule] + (mark.map { [$0.reason] } ?? []) + search.budgetReasons(besides: []),
                nextReview: earliest(search.changesAt, mark?.changesAt)
            )
        }
        if rule.outcome.mayStop, let circle = record.flapping(now: now) {
            let review = earliest(circle.until, search.changesAt)
            return Decision(.leave, for: id, rule: rule.name, reasons: [circle.reason], nextReview: review)
        }
        let situation = Situation(
            record: record,
            rule: rule.name,
            now: now,
            notBefore: evidenceNotBefore ?? now - freshness
        )
        var decision = situation.decision(for: rule.outcome)
        if let mayBeProtected = search.mayBeProtected, rule.outcome.mayStop {
            decision = situation.undecided(rule.outcome, mayBeProtected)
        }
        decision.nextReview = earliest(decision.nextReview, earliest(search.changesAt, mark?.changesAt))
        if let mark { decision.reasons.append(mark.reason) }
        decision.reasons += search.budgetReasons(besides: decision.reasons)
        return decision
    }

    /// The earlier of two instants, where nil stands for never.
    package static func earliest(_ left: Timestamp?, _ right: Timestamp?) -> Timestamp? {
        guard let left else { return right }
        guard let right else { return left }
        return min(left, right)
    }
}

extension NotebookRecord {
    /// What is to be told of the notebook's mark, and until when: that it holds, or why it does not although its user
    /// may believe so.
    fileprivate func markNews(_ policy: Policy, now: Timestamp) -> (reason: Reason, changesAt: Timestamp?)? {
        guard hasMarkOrGrant else { return nil }
        if let mark = MarkInForce(self, marks: policy.marks, now: now) { return (.marked(mark), mark.until) }
        guard let mark, let marks = policy.marks else { return nil }
        guard let asked = marks.askedUntil(mark.text) else { return (.markUnreadable(mark.text), nil) }
        guard now < asked else { return nil }
        return (.markTooLong(since: mark.firstSeenAt, longest: marks.longest), asked)
    }
}
