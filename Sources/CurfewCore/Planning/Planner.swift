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
        min(.seconds(10), budget / 4)
    }

    /// Decides about every notebook of the world and applies the guards.
    package static func plan(_ world: World, policy: Policy, now: Timestamp) -> Plan {
        var decisions = world.records.map { decide($0, policy: policy, now: now) }
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
    package static func decide(
        _ record: NotebookRecord,
        policy: Policy,
        now: Timestamp,
        evidenceNotBefore: Timestamp? = nil
    ) -> Decision {
        let notebook = record.notebook
        guard notebook.status.isRunning else {
            return Decision(.leave, for: notebook.id, reasons: [.notRunning(notebook.status)])
        }
        let context = MatchContext(record: record, policy: policy, now: now)
        var changesAt: Timestamp?
        var mayBeProtected = false
        for rule in policy.rules {
            let match = rule.match.match(context)
            changesAt = earliest(changesAt, match.changesAt)
            if match.verdict == .unreadable { mayBeProtected = true }
            guard case .yes = match.verdict, rule.outcome.holds(at: now) else { continue }
            if rule.outcome.mayStop, let circle = record.flapping(now: now) {
                let review = earliest(circle.until, changesAt)
                return Decision(.leave, for: notebook.id, rule: rule.name, reasons: [circle.reason], nextReview: review)
            }
            let situation = Situation(
                record: record,
                rule: rule.name,
                now: now,
                notBefore: evidenceNotBefore ?? now - freshness
            )
            var decision =
                mayBeProtected && rule.outcome.mayStop
                ? situation.undecided(rule.outcome) : situation.decision(for: rule.outcome)
            decision.nextReview = earliest(decision.nextReview, changesAt)
            decision.reasons += context.markComplaint
            return decision
        }
        return Decision(
            .leave,
            for: notebook.id,
            reasons: [.noRule] + context.markComplaint,
            nextReview: changesAt
        )
    }

    /// The earlier of two instants, where nil stands for never.
    package static func earliest(_ left: Timestamp?, _ right: Timestamp?) -> Timestamp? {
        guard let left else { return right }
        guard let right else { return left }
        return min(left, right)
    }
}

extension MatchContext {
    /// Tells a mark that holds nothing because nobody can read it: its user believes to be safe.
    fileprivate var markComplaint: [Reason] {
        guard
            let marks = policy.marks, let mark = record.mark,
            mark.holdsUntil(longest: marks.longest, zone: policy.timeZone) == nil
        else { return [] }
        return [.markUnreadable(mark.text)]
    }
}

extension Outcome {
    /// Whether the outcome still applies; a `keepAlive` whose `until` has passed lets later rules decide.
    fileprivate func holds(at now: Timestamp) -> Bool {
        guard case .keepAlive(let terms) = self, let until = terms.until else { return true }
        return now < until
    }
}
