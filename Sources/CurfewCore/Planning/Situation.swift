// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// One notebook under the rule that matched it, at one instant.
struct Situation {
    let record: NotebookRecord
    let rule: String
    let now: Timestamp
    /// Looks from before this instant support no warning and no stop.
    let notBefore: Timestamp

    func decision(for outcome: Outcome) -> Decision {
        switch outcome {
        case .exempt: decide(.leave, [.exempt])
        case .keepAlive(let terms): keptAlive(terms)
        case .stop(let warn): stopped(warn: warn)
        case .idle(let terms): idle(terms)
        }
    }

    func decide(
        _ action: Decision.Action,
        _ reasons: [Reason],
        activity: ActivityVerdict? = nil,
        deadline: Timestamp? = nil,
        nextReview: Timestamp? = nil,
        probe: Decision.ProbeNeed? = nil
    ) -> Decision {
        Decision(
            action,
            for: record.notebook.id,
            rule: rule,
            reasons: reasons,
            activity: activity,
            deadline: deadline,
            nextReview: nextReview,
            probe: probe
        )
    }

    /// When the warning for a stop of this rule was given, if it still counts: given in this run by the same rule, and
    /// nothing happened in the notebook since.
    func warningGiven(lastActivityAt: Timestamp) -> Timestamp? {
        guard
            let warning = record.warning, warning.rule == rule, warning.givenAt >= record.runningSince,
            lastActivityAt <= warning.givenAt
        else { return nil }
        return warning.givenAt
    }

    private func stopped(warn: Duration?) -> Decision {
        let reason = Reason.stopRule(running: now - record.runningSince)
        guard let warn, warn > .zero else { return decide(.stop, [reason], deadline: now) }
        guard let warnedAt = warningGiven(lastActivityAt: record.runningSince) else {
            let stopAt = now + warn
            return decide(.warn(stopAt: stopAt), [reason, .warningDue(stopAt: stopAt)], deadline: stopAt)
        }
        let stopAt = warnedAt + warn
        guard now >= stopAt else {
            return decide(
                .leave,
                [reason, .warned(at: warnedAt, stopAt: stopAt)],
                deadline: stopAt,
                nextReview: stopAt
            )
        }
        return decide(.stop, [reason, .warned(at: warnedAt, stopAt: stopAt)], deadline: stopAt)
    }
}
