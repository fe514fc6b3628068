// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Planner {
    /// The longest way to another instant: a policy with many windows has a thousand reviews a year.
    private static let longestWay = 10_000

    /// What the policy would do with present facts at another instant, as if nothing happened until then: nobody uses a
    /// notebook, none is stopped or prolonged, only warnings are given when they fall due.
    ///
    /// What runs goes on using budgets. For an instant before `now`, what was not known of that time yet is unknown. No
    /// guard is applied: by then the stops would not all be due at once. Gives the records as they would be, too.
    package static func plan(
        _ records: [NotebookRecord],
        policy: Policy,
        usage: UsageBook? = nil,
        seenAt now: Timestamp,
        at instant: Timestamp
    ) -> (records: [NotebookRecord], plan: Plan) {
        let carried = records.map { carry($0, policy: policy, usage: usage, from: now, to: instant) }
        let decisions = carried.map { decide($0, policy: policy, usage: usage, now: instant) }
        return (carried, Plan(decisions: decisions, holds: []))
    }

    private static func carry(
        _ record: NotebookRecord,
        policy: Policy,
        usage: UsageBook?,
        from now: Timestamp,
        to instant: Timestamp
    ) -> NotebookRecord {
        var record = record
        var step = now
        for _ in 0..<longestWay where step < instant {
            record = record.seen(at: step)
            let decision = decide(record, policy: policy, usage: usage, now: step)
            if case .warn = decision.action, let rule = decision.rule {
                record.warning = Warning(rule: rule, givenAt: step)
                continue
            }
            guard let review = decision.nextReview, review > step, review < instant else { break }
            step = review
        }
        return record.seen(at: instant)
    }
}

extension NotebookRecord {
    /// The record as another instant would have it with the looks that there are.
    ///
    /// Later than a look, what it saw in use counts as idle since then; before it, only idleness that began earlier is known.
    package func seen(at instant: Timestamp) -> NotebookRecord {
        var copy = self
        for look in observations {
            var moved = look
            moved.observedAt = instant
            switch look.activity {
            case .active where instant > look.observedAt: moved.activity = .idle(since: look.observedAt)
            case .active where instant < look.observedAt: moved.activity = .unknown(.notObserved)
            case .idle(let since) where since > instant: moved.activity = .unknown(.notObserved)
            case .active, .idle, .unknown: break
            }
            copy.add(moved, replacing: true)
        }
        return copy
    }
}
