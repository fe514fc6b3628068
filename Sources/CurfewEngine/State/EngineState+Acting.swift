// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    /// Begins every stop that is due, unless something holds stops back.
    mutating func releaseDueStops(now: Timestamp) {
        judgeHolds(now: now)
        // Before anything could go out, the number of what is due says nothing: the fleet is not even known.
        guard standingHolds.allSatisfy(\.isOfGuard), !dueStops.isEmpty, policy.mode == .enforce else { return }
        let counted = dueStops.union(stopsUnderWay).subtracting(approved)
        fleet.judgeStops(due: counted, now: now, settings: policy.guards.stops)
        judgeHolds(now: now)
        // What was approved was held: it is spread, however late it is.
        let due = releasableStops.map { id in
            (id: id, deadline: approved.contains(id) ? nil : notebooks[id]?.decision.deadline)
        }
        for id in release.take(from: due, now: now) {
            guard let tracked = notebooks[id] else { continue }
            beginAttempt(tracked, now: now)
            schedule(tracked, now: now)
        }
    }

    mutating func beginAttempt(_ tracked: TrackedNotebook, now: Timestamp) {
        guard
            policy.mode == .enforce, !isShuttingDown, tracked.attempt == nil, now >= tracked.attemptNotBefore,
            past.openIntents[tracked.id] == nil
        else { return }
        tracked.attempt = ActionAttempt(tracked.decision, decidedAt: now)
        tracked.attemptNumber = nextAttemptNumber()
        dueStops.remove(tracked.id)
        if tracked.decision.action == .stop { stopsUnderWay.insert(tracked.id) }
        effects.append(.report(.intended(tracked.decision, tracked.record.notebook)))
        let intent = LedgerEntry.Event.intent(action: tracked.attemptNumber, tracked.record.notebook, tracked.decision)
        record(intent, for: tracked.attemptID, now: now)
    }

    mutating func intentRecorded(_ id: AttemptID, failure: String?, now: Timestamp) {
        guard let tracked = attempting(id) else { return }
        if let failure {
            effects.append(.report(.ledgerFailed(tracked.record.notebook, failure)))
            ledgerAnswered(failure: failure, now: now)
        }
        // A renewal ends nobody's work, a lease that runs out does: so the journal alone has to do for its intent.
        if let failure, tracked.attempt?.decision.action == .stop {
            advance(tracked, .intentNotRecorded("the intent could not be recorded: \(failure)"), now: now)
        } else {
            advance(tracked, .intentRecorded, now: now)
        }
        settle(id.notebook, now: now)
    }

    mutating func gathered(_ id: AttemptID, _ result: Result<FreshFacts, ServiceFailure>, now: Timestamp) {
        guard let tracked = attempting(id), let attempt = tracked.attempt else { return }
        switch result {
        case .failure(let failure): advance(tracked, .notGathered(failure.problem), now: now)
        case .success(let facts):
            guard learn(facts.notebook, about: tracked, readAt: facts.readAt, now: now) else {
                // A listing that began later is no better witness than the notebook's own reply, and no worse: ask again.
                let problem = ActionAttempt.Problem(.temporary(atLeast: nil), "a listing that began later came first")
                advance(tracked, .notGathered(problem), now: now)
                break
            }
            guard case .gathering(let since) = attempt.phase else { return }
            if case .prolong = attempt.decision.action, facts.notebook.isLeaseMissing {
                let problem = ActionAttempt.Problem(.temporary(atLeast: nil), "its lease could not be read")
                advance(tracked, .notGathered(problem), now: now)
                break
            }
            // Looks that the probes of an earlier policy took are none under this one.
            if since > evidenceChangedAt { learn(facts.observations, about: tracked, replacing: true, now: now) }
            judgeHolds(now: now)
            let verification = Planner.verify(
                attempt.decision.action,
                record: tracked.record,
                since: since,
                policy: policy,
                usage: usage?.book,
                holds: holds(for: tracked.id),
                now: now
            )
            advance(tracked, .verified(verification, tracked.record), now: now)
        }
        settle(id.notebook, now: now)
    }

    mutating func answered(_ id: AttemptID, failure: ServiceFailure?, now: Timestamp) {
        guard let tracked = attempting(id) else { return }
        advance(tracked, failure.map { .refused($0.problem) } ?? .answered, now: now)
        settle(id.notebook, now: now)
    }

    mutating func confirmationRead(_ id: AttemptID, _ result: Result<FreshFacts, ServiceFailure>, now: Timestamp) {
        guard let tracked = attempting(id) else { return }
        switch result {
        case .failure(let failure): advance(tracked, .confirmationFailed(failure.problem), now: now)
        case .success(let facts):
            learn(facts.notebook, about: tracked, readAt: facts.readAt, now: now)
            advance(tracked, .confirmationRead(facts.notebook), now: now)
        }
        settle(id.notebook, now: now)
    }

    /// Feeds the attempt and turns its effects into the engine's.
    mutating func advance(_ tracked: TrackedNotebook, _ event: ActionAttempt.Event, now: Timestamp) {
        guard var attempt = tracked.attempt else { return }
        let steps = attempt.handle(event, now: now, jitter: random.unit())
        tracked.attempt = attempt
        for step in steps { perform(step, of: attempt, tracked, event, now: now) }
    }

    private mutating func perform(
        _ step: ActionAttempt.Effect,
        of attempt: ActionAttempt,
        _ tracked: TrackedNotebook,
        _ event: ActionAttempt.Event,
        now: Timestamp
    ) {
        let notebook = tracked.record.notebook
        switch step {
        case .gather:
            let question = attempt.decision.action == .stop ? question(ofRule: attempt.decision.rule) : .none
            effects.append(.gather(tracked.attemptID, question))
        case .call(let order):
            // What a person approved is none of the stops that the guard has to count.
            if case .stop = order, !approved.contains(tracked.id) { fleet.stopSent(to: tracked.id, at: now) }
            effects.append(.report(.sent(attempt.decision, notebook, order)))
            effects.append(.call(tracked.attemptID, order))
        case .confirm:
            guard let order = attempt.order else { return }
            effects.append(.confirm(tracked.attemptID, order))
        case .wake:
            if let text = event.failure { effects.append(.report(.tryFailed(attempt.decision, notebook, text))) }
        case .becameStuck(let text): effects.append(.report(.becameStuck(attempt.decision, notebook, text)))
        case .finish(let outcome): finish(tracked, attempt, outcome, now: now)
        }
    }

    private mutating func finish(
        _ tracked: TrackedNotebook,
        _ attempt: ActionAttempt,
        _ outcome: ActionAttempt.Outcome,
        now: Timestamp
    ) {
        effects.append(.report(.ended(attempt.decision, tracked.record.notebook, outcome)))
        let (number, notebook) = (tracked.attemptNumber, tracked.record.notebook)
        record(.outcome(action: number, notebook, outcome, calls: attempt.calls), now: now)
        tracked.attempt = nil
        stopsUnderWay.remove(tracked.id)
        switch outcome {
        case .confirmed:
            tracked.fruitlessAttempts = 0
            if attempt.decision.action == .stop { tracked.stoppedAt = now }
            // Should the cloud's clock be behind, a renewal may look due again at once.
            if case .prolong = attempt.decision.action {
                tracked.attemptNotBefore = now + min(policy.service.pollEvery, .seconds(60))
            }
        case .gone: forget(tracked, now: now)
        case .overtaken, .abandoned:
            // Whatever made it end must not make it begin again in the same moment, and again, and again.
            tracked.fruitlessAttempts += 1
            let pause = RetrySchedule.pause(afterTry: tracked.fruitlessAttempts, jitter: random.unit())
            let isFutile = tracked.fruitlessAttempts >= RetrySchedule.tries
            tracked.attemptNotBefore = now + (isFutile ? max(pause, .seconds(60)) : pause)
        }
    }

    /// Decides anew about a notebook after a step of its attempt.
    private mutating func settle(_ id: NotebookID, now: Timestamp) {
        guard let tracked = notebooks[id] else { return }
        replan(tracked, now: now)
    }

    private func attempting(_ id: AttemptID) -> TrackedNotebook? {
        guard let tracked = notebooks[id.notebook], tracked.attempt != nil, tracked.attemptNumber == id.number else {
            return nil
        }
        return tracked
    }

    /// Puts an entry in the ledger.
    mutating func record(_ event: LedgerEntry.Event, for attempt: AttemptID? = nil, now: Timestamp) {
        effects.append(.record(LedgerEntry(at: now, event), for: attempt))
    }

    /// Notes which holds stand, and reports those that began or ended.
    mutating func judgeHolds(now: Timestamp) {
        let holds = fleet.holds(at: now, policy: policy)
        let before = Set(standingHolds.map(\.code))
        let after = Set(holds.map(\.code))
        for hold in holds where !before.contains(hold.code) {
            holdsSince[hold.code] = fleet.since(hold) ?? now
            effects.append(.report(.holdBegan(hold)))
            record(.holdBegan(hold), now: now)
        }
        for hold in standingHolds where !after.contains(hold.code) {
            holdsSince[hold.code] = nil
            effects.append(.report(.holdEnded(hold)))
            record(.holdEnded(hold), now: now)
        }
        standingHolds = holds
    }

    mutating func ledgerAnswered(failure: String?, now: Timestamp) {
        // A ledger that was lost stays lost, however well the new one works.
        guard settings.ledgerTrouble == nil else { return }
        fleet.ledgerAnswered(failure: failure)
        judgeHolds(now: now)
    }
}

extension Notebook {
    /// Whether it runs and its lease should have been in the reply.
    fileprivate var isLeaseMissing: Bool { status.isRunning && lease.lease == nil }
}

extension ActionAttempt.Event {
    /// The text of what failed, if the event is a failure.
    fileprivate var failure: String? {
        switch self {
        case .notGathered(let problem), .refused(let problem), .confirmationFailed(let problem): problem.text
        case .confirmationRead: "the cloud took the request, but reading does not show its effect yet"
        default: nil
        }
    }
}
