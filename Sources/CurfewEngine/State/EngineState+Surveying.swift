// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    /// Asks every source that answers for the whole fleet, unless it still owes the last answer.
    mutating func beginSurveys() {
        for question in policy.fleetQuestions where surveysUnderWay.insert(question.source).inserted {
            effects.append(.survey(question))
        }
    }

    /// Spreads what a source said about the fleet over the notebooks whose rules rest on it.
    mutating func take(_ views: [Duration: any FleetView], from source: EvidenceName, now: Timestamp) {
        surveysUnderWay.remove(source)
        // What the probe of an earlier policy saw, or was asked before time was disturbed, is no evidence.
        let views = views.filter { $0.value.observedAt > evidenceChangedAt && $0.value.observedAt <= now }
        guard !views.isEmpty, !isShuttingDown else { return }
        let viewOfRule = Dictionary(
            policy.rules.compactMap { rule -> (String, any FleetView)? in
                guard case .idle(let terms) = rule.outcome, terms.question.sources.contains(source) else { return nil }
                return views[terms.budget].map { (rule.name, $0) }
            },
            uniquingKeysWith: { first, _ in first }
        )
        let concerned = notebooks.values.filter { tracked in
            tracked.decision.rule.map { viewOfRule[$0] != nil } ?? false
        }
        for tracked in concerned.sorted(by: { $0.id.text < $1.id.text }) {
            guard let view = tracked.decision.rule.flatMap({ viewOfRule[$0] }) else { continue }
            take(view.observation(of: tracked.id), about: tracked, now: now)
        }
        fleet.judgeBlindness(policy.guards.blind, sweepEnded: false)
    }

    /// Takes one notebook's part of a survey.
    ///
    /// That a source cannot tell is news only where it could before, or where somebody wants to know: a notebook that
    /// has just started has no samples yet, and nobody needs them.
    private mutating func take(_ look: Observation, about tracked: TrackedNotebook, now: Timestamp) {
        guard tracked.record.notebook.status.isRunning, look.belongs(to: tracked.record) else { return }
        if case .unknown = look.activity {
            let isWanted = tracked.decision.probe.map { $0.at <= now } ?? false
            guard isWanted || tracked.record.observation(of: look.source) != nil else { return }
        }
        let before = tracked.record.observation(of: look.source)
        tracked.record.add(look)
        remember(look.source, of: tracked, before: before, now: now)
        noteSilence(look, of: tracked, now: now)
        noteSignals(look, of: tracked, now: now)
        if tracked.failedLooks > 0 { noteLight(tracked, now: now) }
        replan(tracked, now: now)
    }

    /// How often the ledger is told that a survey says the same as before, of each notebook.
    private static let keptEvery: Duration = .seconds(600)

    /// Keeps in the ledger what a survey changed, and now and then that nothing did: every part of every survey would be
    /// a row for each notebook and sweep.
    private mutating func remember(
        _ source: EvidenceName,
        of tracked: TrackedNotebook,
        before: Observation?,
        now: Timestamp
    ) {
        guard let look = tracked.record.observation(of: source) else { return }
        let isNews = before.map { !$0.activity.saysTheSame(as: look.activity) } ?? true
        let isDue = tracked.surveyKeptAt[source].map { now - $0 >= Self.keptEvery || $0 > now } ?? true
        guard isNews || isDue else { return }
        tracked.surveyKeptAt[source] = now
        record(.observed(tracked.id, [look]), now: now)
    }

    /// Ends the pauses between looks in vain when a survey has brought what was missing.
    private func noteLight(_ tracked: TrackedNotebook, now: Timestamp) {
        let decision = Planner.decide(tracked.record, policy: policy, usage: usage?.book, now: now)
        if case .unknown? = decision.activity?.state { return }
        tracked.failedLooks = 0
        tracked.lookNotBefore = min(tracked.lookNotBefore, now)
    }
}

extension Policy {
    /// What the rules want to know from sources that answer for the whole fleet, in the order of the sources.
    var fleetQuestions: [FleetQuestion] {
        evidence.compactMap { source in
            guard source.kind.isFleetWide else { return nil }
            let budgets = rules.compactMap { rule -> Duration? in
                guard case .idle(let terms) = rule.outcome else { return nil }
                return terms.question.sources.contains(source.name) ? terms.budget : nil
            }
            return budgets.isEmpty ? nil : FleetQuestion(source: source.name, budgets: Set(budgets).sorted())
        }
    }
}

extension EvidenceSource.Kind {
    /// Whether one question tells about all notebooks.
    var isFleetWide: Bool {
        if case .prometheus = self { true } else { false }
    }
}

extension Activity {
    /// Whether both tell the same, whatever the grounds of what is unknown.
    fileprivate func saysTheSame(as other: Activity) -> Bool {
        switch (self, other) {
        case (.active, .active), (.unknown, .unknown): true
        case (.idle(let since), .idle(let otherSince)): since == otherSince
        default: false
        }
    }
}
