// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    /// The pause between two looks at the same notebook, at least.
    private static let lookSpacing: Duration = .milliseconds(250)
    /// The pauses after looks that could not tell: 15 s (or the poll interval, if shorter), doubling to 5 min.
    private static let darkPauses: (first: Duration, last: Duration) = (.seconds(15), .seconds(300))

    mutating func lookIfDue(_ tracked: TrackedNotebook, now: Timestamp) {
        guard
            !tracked.isLooking, !isShuttingDown, let need = lookNeed(tracked, now: now),
            max(need.at, tracked.lookNotBefore) <= now
        else { return }
        tracked.isLooking = true
        tracked.lookNotBefore = now + Self.lookSpacing
        effects.append(.look(tracked.record.notebook, need.question))
    }

    /// When the next look is due, if any is.
    func nextLook(_ tracked: TrackedNotebook, now: Timestamp) -> Timestamp? {
        lookNeed(tracked, now: now).map { max($0.at, tracked.lookNotBefore) }
    }

    /// Takes looks that were taken outside an action.
    mutating func take(_ observations: [Observation], of id: NotebookID, now: Timestamp) {
        guard let tracked = notebooks[id] else { return }
        tracked.isLooking = false
        learn(observations, about: tracked, replacing: false, now: now)
        replan(tracked, now: now)
        fleet.judgeBlindness(policy.guards.blind, sweepEnded: false)
    }

    /// Adds looks to what is known; looks at a run that has ended meanwhile are dropped by the record's own rules.
    ///
    /// Looks that replace speak even where a look that was asked for earlier and answered later is known already.
    mutating func learn(
        _ observations: [Observation],
        about tracked: TrackedNotebook,
        replacing: Bool,
        now: Timestamp
    ) {
        guard tracked.record.notebook.status.isRunning, !observations.isEmpty else { return }
        let looks = observations.filter { $0.belongs(to: tracked.record) }
        for look in looks {
            tracked.record.add(look, replacing: replacing)
            noteSilence(look, of: tracked, now: now)
            noteSignals(look, of: tracked, now: now)
        }
        if !looks.isEmpty { record(.observed(tracked.id, looks), now: now) }
        guard isDark(tracked, now: now) else {
            tracked.failedLooks = 0
            return
        }
        let first = min(Self.darkPauses.first, policy.service.pollEvery)
        let pause = min(first * (1 << min(tracked.failedLooks, 10)), Self.darkPauses.last)
        tracked.failedLooks += 1
        tracked.lookNotBefore = now + pause
    }

    /// Whether the looks do not tell if the notebook is in use now.
    ///
    /// A source that the rule can do without makes no notebook dark; an answer that is old when it arrives does.
    private func isDark(_ tracked: TrackedNotebook, now: Timestamp) -> Bool {
        guard let activity = Planner.decide(tracked.record, policy: policy, usage: usage?.book, now: now).activity
        else { return false }
        if case .unknown = activity.state { return true }
        return activity.oldestLookAt.map { now - $0 > Planner.freshness } ?? false
    }

    private func lookNeed(_ tracked: TrackedNotebook, now: Timestamp) -> Decision.ProbeNeed? {
        let need = wantedLook(tracked, now: now)
        return need?.question.sources.isEmpty == false ? need : nil
    }

    private func wantedLook(_ tracked: TrackedNotebook, now: Timestamp) -> Decision.ProbeNeed? {
        guard let lookEvery = settings.lookEvery, let activity = tracked.decision.activity else {
            return tracked.decision.probe
        }
        let due = (activity.oldestLookAt ?? now - lookEvery) + lookEvery
        if let need = tracked.decision.probe, need.at <= due { return need }
        let question = tracked.decision.probe?.question ?? question(ofRule: tracked.decision.rule)
        return Decision.ProbeNeed(question, at: due)
    }

    /// What a rule asks; nothing for rules that ask for no evidence.
    func question(ofRule name: String?) -> EvidenceQuestion {
        guard
            let rule = policy.rules.first(where: { $0.name == name }), case .idle(let terms) = rule.outcome
        else { return .none }
        return terms.question
    }
}

extension Observation {
    /// Whether the look was taken in the record's present run.
    func belongs(to record: NotebookRecord) -> Bool {
        record.startSeenAt.map { observedAt >= $0 } ?? true
    }
}
