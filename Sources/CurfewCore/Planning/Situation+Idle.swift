// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Situation {
    func idle(_ terms: IdleBudget) -> Decision {
        let verdict = ActivityVerdict(terms.evidence, record: record, now: now)
        var decision = idleDecision(terms, verdict)
        decision.nextReview = Planner.earliest(decision.nextReview, verdict.staleAt)
        if case .leave = decision.action, terms.whileActive == .prolong { care(for: terms, verdict, &decision) }
        return decision
    }

    private func idleDecision(_ terms: IdleBudget, _ verdict: ActivityVerdict) -> Decision {
        let deadline = verdict.lastActivityAt + terms.budget
        let warning = terms.warn.flatMap { $0 > .zero ? $0 : nil }
        let lead = Planner.lead(for: terms.budget)

        if case .unknown(let why) = verdict.state {
            // Even the least that is known may rule a stop out for a while; until then no look can matter.
            let worthwhile = deadline - (warning ?? .zero) - lead
            let reasons = why.isMissingLook && now < worthwhile ? [budgetReason(verdict, terms)] : [why]
            let probe = Decision.ProbeNeed(terms.question, at: max(now, worthwhile))
            return decide(.leave, reasons, activity: verdict, probe: probe)
        }
        if let decision = usedWithinSpan(terms, verdict) { return decision }
        let warnedAt = warning == nil ? nil : warningGiven(lastActivityAt: verdict.lastActivityAt)
        let mustWarn = warning != nil && warnedAt == nil
        let stopAt = max(deadline, (warnedAt ?? .distantPast) + (warning ?? .zero))
        let step = mustWarn ? deadline - (warning ?? .zero) : stopAt
        let warned = warnedAt.map { [Reason.warned(at: $0, stopAt: stopAt)] } ?? []
        // Whatever the budget: a look that saw somebody at work prepares nothing.
        let isPrepared = verdict.state == .idle && (verdict.oldestLookAt.map { $0 >= step - lead } ?? false)

        guard now >= step else {
            // A look shortly before the step prepares for it, so that the step is taken on time.
            let probe = isPrepared ? nil : Decision.ProbeNeed(terms.question, at: max(now, step - lead))
            let reasons = activeReason(verdict) + [budgetReason(verdict, terms)] + warned
            return decide(.leave, reasons, activity: verdict, deadline: stopAt, nextReview: step, probe: probe)
        }
        guard isPrepared, let look = verdict.oldestLookAt, look >= notBefore else {
            let probe = Decision.ProbeNeed(terms.question, at: now)
            return decide(.leave, [.evidenceDue] + warned, activity: verdict, deadline: stopAt, probe: probe)
        }
        if mustWarn {
            let announced = max(deadline, now + (warning ?? .zero))
            let reasons = [budgetReason(verdict, terms), .warningDue(stopAt: announced)]
            return decide(.warn(stopAt: announced), reasons, activity: verdict, deadline: announced)
        }
        let overdue = Reason.idleBudgetSpent(idle: now - verdict.lastActivityAt, budget: terms.budget)
        return decide(.stop, [overdue] + warned, activity: verdict, deadline: stopAt)
    }

    /// The decision about a notebook that was in use at some instant of a span, nobody knows at which.
    ///
    /// The budget may run out at any moment from now on, so there is no deadline. Each sweep asks such sources about the
    /// whole fleet; the look that is asked for here is for the case that sweeps are rarer or fail.
    private func usedWithinSpan(_ terms: IdleBudget, _ verdict: ActivityVerdict) -> Decision? {
        guard case .active = verdict.state, verdict.latestActivityAt > verdict.lastActivityAt else { return nil }
        let next = verdict.latestActivityAt + Planner.spanRecheck
        let probe = Decision.ProbeNeed(terms.question, at: max(now, next))
        return decide(.leave, activeReason(verdict), activity: verdict, probe: probe)
    }

    private func budgetReason(_ verdict: ActivityVerdict, _ terms: IdleBudget) -> Reason {
        .withinBudget(idle: max(.zero, now - verdict.lastActivityAt), budget: terms.budget)
    }

    private func activeReason(_ verdict: ActivityVerdict) -> [Reason] {
        guard case .active(let source, let detail) = verdict.state else { return [] }
        return [.active(source: source, detail: detail)]
    }

    /// Prolongs a lease that would end while the notebook is in use, inside its budget, or dark.
    ///
    /// Dark counts as in use here: the rule says that the notebook must not end while somebody works in it, and letting
    /// the lease run out on missing evidence would stop it just as a stop does.
    private func care(for terms: IdleBudget, _ verdict: ActivityVerdict, _ decision: inout Decision) {
        switch leaseCare(terms.lease, turningIdleIntoTiming: false) {
        case .nothing(_, let review): decision.nextReview = Planner.earliest(decision.nextReview, review)
        case .renew(let reason, let duration, let kind):
            let inBudgetUntil = decision.deadline ?? verdict.latestActivityAt + terms.budget
            // Right behind the deadline is too late: the look there may find somebody at work, and a renewal takes time.
            let margin = terms.lease.renewBefore / 2
            let endsInBudget = record.lease?.expiry.map { $0 < inBudgetUntil + margin } ?? false
            if !endsInBudget {
                guard case .unknown(let why) = verdict.state else { return }
                guard !why.isMissingLook else {
                    decision.probe = Decision.ProbeNeed(terms.question, at: now)
                    return
                }
            }
            decision.action = .prolong(duration, kind)
            decision.reasons.insert(reason, at: 0)
        }
    }
}
