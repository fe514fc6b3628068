// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Tries a policy on the recorded past of one notebook: the planner decides again at every moment at which it could decide
/// otherwise, on what is proven of that moment.
///
/// Warnings are given, and a notebook that something starts again and again is left alone, as by the daemon. A notebook that
/// would have been stopped counts as off until it really ended, or until somebody is proven to have been at work in it, who
/// then starts it anew. Not tried are leases, guards, the cold start, and what the notebooks' users would have done otherwise.
package struct Replay {
    private let history: NotebookHistory
    private let policy: Policy
    private let window: Range<Timestamp>
    private let budgets: [String: Duration]

    private var past: PastNotebook
    private var cursors: [EvidenceCursor]
    private var result = NotebookReplay()

    /// What the policy would have done with the notebook within `window`.
    package static func result(
        of policy: Policy,
        on history: NotebookHistory,
        within window: Range<Timestamp>
    ) -> NotebookReplay {
        var replay = Replay(history, policy, window)
        replay.run()
        return replay.result
    }

    private init(_ history: NotebookHistory, _ policy: Policy, _ window: Range<Timestamp>) {
        (self.history, self.policy, self.window) = (history, policy, window)
        budgets = Dictionary(
            policy.rules.compactMap { rule in
                if case .idle(let terms) = rule.outcome { (rule.name, terms.budget) } else { nil }
            },
            uniquingKeysWith: { first, _ in first }
        )
        past = PastNotebook(history, marks: policy.marks)
        // Sources that the policy does not ask still tell when somebody was at work.
        cursors = history.looks.sorted { $0.key.text < $1.key.text }.map { source, looks in
            EvidenceCursor(EvidenceTimeline(source, looks: looks, runs: history.runs))
        }
    }

    private mutating func run() {
        let changes = Set(past.changes + cursors.flatMap(\.timeline.changes)).filter { window.contains($0) }.sorted()
        var index = 0
        var now = window.lowerBound
        while now < window.upperBound {
            past.advance(to: now)
            while index < changes.count, changes[index] <= now { index += 1 }
            let change = index < changes.count ? changes[index] : window.upperBound
            now = step(at: now, until: change)
        }
        result.ran = history.runs.reduce(.zero) { sum, run in
            let begin = max(run.beganAt, window.lowerBound)
            return sum + max(.zero, min(run.endedAt ?? window.upperBound, window.upperBound) - begin)
        }
    }

    /// Decides, and gives the moment of the next decision: `change` at the latest, unless the notebook is off until then.
    private mutating func step(at now: Timestamp, until change: Timestamp) -> Timestamp {
        guard past.isRunning else { return change }
        for index in cursors.indices { past.record?.add(cursors[index].look(at: now), replacing: true) }
        guard let decision = decide(at: now) else { return change }
        if decision.action == .stop { return stop(decision, at: now) }
        var next = change
        if let review = decision.nextReview, review > now { next = min(next, review) }
        if let judgedUntil = judgedUntil(decision) { result.unjudged += max(.zero, next - max(now, judgedUntil)) }
        return next
    }

    private mutating func decide(at now: Timestamp) -> Decision? {
        guard let record = past.record else { return nil }
        let decision = Planner.decide(record, policy: policy, now: now)
        // A warning belongs to an unbroken wait for the stop that it announced.
        if let warning = record.warning, decision.rule != warning.rule { past.record?.warning = nil }
        guard case .warn = decision.action, let rule = decision.rule else { return decision }
        past.record?.warning = Warning(rule: rule, givenAt: now)
        return past.record.map { Planner.decide($0, policy: policy, now: now) }
    }

    /// Until when it is certain that the notebook was within its budget, where nothing tells whether it is in use now.
    private func judgedUntil(_ decision: Decision) -> Timestamp? {
        guard
            let activity = decision.activity, case .unknown = activity.state,
            let budget = decision.rule.flatMap({ budgets[$0] })
        else { return nil }
        return activity.lastActivityAt + budget
    }

    private mutating func stop(_ decision: Decision, at now: Timestamp) -> Timestamp {
        let run = past.run
        let end = min(run?.endedAt ?? window.upperBound, window.upperBound)
        var usedAt: Timestamp?
        for index in cursors.indices {
            usedAt = Planner.earliest(usedAt, cursors[index].firstUse(after: now))
        }
        if let use = usedAt, use >= end { usedAt = nil }
        let offUntil = max(usedAt ?? end, now + .milliseconds(1))
        result.stops.append(
            ReplayedStop(
                notebook: past.notebook(decision.notebook),
                at: now,
                rule: decision.rule ?? "",
                reasons: decision.reasons,
                offUntil: offUntil,
                usedAgainAt: usedAt,
                realStopAt: history.stops.first { stop in
                    run.map { stop >= $0.beganAt && stop <= $0.endedAt ?? window.upperBound } ?? false
                }
            )
        )
        past.stopped(at: now, startedAgain: usedAt != nil)
        return offUntil
    }
}
