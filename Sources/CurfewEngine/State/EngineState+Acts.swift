// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    /// Takes what a person wants done: refuses it, or gives it to the ledger, and does it once it stands there.
    ///
    /// A freeze holds at once, whatever the ledger says: whoever asks for one is afraid for somebody's work. A policy is in
    /// force at once, as it is when a signal brings it.
    mutating func begin(_ act: OperatorAct, number: Int, now: Timestamp) {
        do throws(ActRefusal) {
            let entry = try recorded(act, now: now)
            if case .frozen(let freeze) = entry { self.freeze(freeze, number: number, now: now) }
            if case .reload(let policy) = act.kind { replace(with: policy, by: act.by, now: now) }
            actsUnderWay[number] = (act, entry)
            effects.append(.recordAct(LedgerEntry(at: now, .acted(number, entry)), number))
        } catch {
            effects.append(.answer(act: number, .failure(error)))
        }
    }

    /// Does what the ledger has taken.
    mutating func actRecorded(_ number: Int, failure: String?, now: Timestamp) {
        guard let (act, entry) = actsUnderWay.removeValue(forKey: number) else { return }
        let answer: Result<ActOutcome, ActRefusal> =
            switch (entry, failure) {
            case (.frozen(let freeze), _): .success(.frozen(freeze, notKept: failure))
            case (.reloaded, _): .success(.reloaded(notKept: failure))
            case (_, let failure?): .failure(.notRecorded(failure))
            case (.thawed(let person), nil): .success(thaw(by: person, number: number, now: now))
            case (.approved(let notebooks, let person), nil):
                .success(approve(notebooks, by: person, asked: act.kind, now: now))
            case (.kept(let notebook, let grant), nil): .success(keep(notebook, grant, now: now))
            case (.released(let notebook, let person), nil): .success(release(notebook, by: person, now: now))
            }
        effects.append(.answer(act: number, answer))
    }

    /// What the ledger is to keep of an act; throws where it cannot be done.
    private func recorded(_ act: OperatorAct, now: Timestamp) throws(ActRefusal) -> RecordedAct {
        guard !isShuttingDown else { throw .ending }
        switch act.kind {
        case .freeze(let reason):
            return .frozen(HandFreeze(by: act.by, since: fleet.freeze?.since ?? now, reason: reason))
        case .thaw:
            guard fleet.freeze != nil else { throw .notFrozen }
            return .thawed(by: act.by)
        case .approve(let named):
            return .approved(try approvable(named, now: now), by: act.by)
        case .keep(let id, let term, let reason):
            let tracked = try known(id)
            return .kept(
                RecordedAct.NamedNotebook(tracked.record.notebook),
                try grant(to: tracked, term, reason: reason, by: act.by, now: now)
            )
        case .release(let id):
            let tracked = try known(id)
            guard let grant = tracked.record.grant, grant.withdrawnAt == nil, grant.until > now else {
                throw .notKept(name: tracked.record.notebook.name)
            }
            return .released(RecordedAct.NamedNotebook(tracked.record.notebook), by: act.by)
        case .reload: return .reloaded(by: act.by)
        }
    }

    private func known(_ id: NotebookID) throws(ActRefusal) -> TrackedNotebook {
        guard let tracked = notebooks[id] else { throw .unknownNotebook(id) }
        return tracked
    }

    /// The grant that an act asks for, as part of the row that it continues.
    private func grant(
        to tracked: TrackedNotebook,
        _ term: OperatorAct.KeepTerm,
        reason: String?,
        by person: String,
        now: Timestamp
    ) throws(ActRefusal) -> Grant {
        guard policy.asksForMarks else { throw .marksUnused }
        let until =
            switch term {
            case .until(let instant): instant
            case .lasting(let span): now + span
            }
        guard until > now else { throw .endIsOver(until) }
        let grant = Grant(until: until, reason: reason, by: person, grantedAt: now).following(tracked.record.grant)
        guard grant.holdsUntil(longest: longestMark) > now else {
            throw .keptTooLong(since: grant.since, longest: longestMark)
        }
        return grant
    }

    private var longestMark: Duration { (policy.marks ?? MarkSettings()).longest }

    // MARK: - Freezing

    private mutating func freeze(_ freeze: HandFreeze, number: Int, now: Timestamp) {
        fleet.freeze(freeze, number: number)
        // Whoever thaws them again will not have in mind what somebody else approved before.
        approved = []
        effects.append(.report(.frozenByHand(freeze)))
        judgeHolds(now: now)
    }

    /// Ends the freeze, unless somebody froze anew since the act was begun.
    private mutating func thaw(by person: String, number: Int, now: Timestamp) -> ActOutcome {
        if fleet.thaw(number: number) {
            effects.append(.report(.thawed(by: person)))
            judgeHolds(now: now)
        }
        return .thawed(stillHeld: standingHolds)
    }

    // MARK: - Keeping alive

    /// Keeps a notebook alive from this turn on.
    ///
    /// One that a listing lacked meanwhile is kept when it comes back.
    private mutating func keep(_ notebook: RecordedAct.NamedNotebook, _ grant: Grant, now: Timestamp) -> ActOutcome {
        let until = grant.holdsUntil(longest: longestMark)
        guard let tracked = notebooks[notebook.id] else {
            past.keep(grant, of: notebook.id, now: now)
            return .kept(ActOutcome.Keep(notebook: notebook.id, grant: grant, until: until, isInEffect: false))
        }
        tracked.record.take(grant)
        effects.append(.report(.granted(tracked.record.notebook, grant)))
        replan(tracked, now: now)
        let decision = tracked.decision
        return .kept(
            ActOutcome.Keep(
                notebook: notebook.id,
                grant: grant,
                until: until,
                rule: decision.rule,
                isInEffect: decision.mark != nil && policy.keepsMarked(rule: decision.rule)
            )
        )
    }

    private mutating func release(_ notebook: RecordedAct.NamedNotebook, by person: String, now: Timestamp)
        -> ActOutcome
    {
        if let tracked = notebooks[notebook.id] {
            tracked.record.withdrawGrant(at: now)
            effects.append(.report(.grantWithdrawn(tracked.record.notebook, by: person)))
            replan(tracked, now: now)
        } else {
            past.withdrawGrant(of: notebook.id, now: now)
        }
        return .released(notebook.id)
    }
}

extension Policy {
    /// Whether any rule matches by keep-alive marks.
    fileprivate var asksForMarks: Bool { rules.contains { $0.match.asksForMarks } }

    /// Whether a rule lets notebooks live because they are marked.
    fileprivate func keepsMarked(rule name: String?) -> Bool {
        guard let rule = rules.first(where: { $0.name == name }), rule.match.asksForMarks else { return false }
        switch rule.outcome {
        case .keepAlive, .exempt: return true
        case .idle, .stop: return false
        }
    }
}

extension Selector {
    fileprivate var asksForMarks: Bool {
        conditions.contains { condition in
            switch condition {
            case .marked: true
            case .not(let inner): inner.asksForMarks
            default: false
            }
        }
    }
}
