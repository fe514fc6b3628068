// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    /// Decides anew about one notebook and sets in motion what follows from it.
    mutating func replan(_ tracked: TrackedNotebook, now: Timestamp) {
        let decision = Planner.decide(tracked.record, policy: policy, now: now)
        // A warning belongs to an unbroken wait for the stop that it announced.
        if let warning = tracked.record.warning, decision.rule != warning.rule { tracked.record.warning = nil }
        fleet.count(tracked.decision, sign: -1)
        fleet.count(decision, sign: 1)
        if decision.isNews(after: tracked.decision) {
            effects.append(.report(.decided(decision, tracked.record.notebook, policy.mode)))
        }
        tracked.decision = decision
        follow(tracked, now: now)
    }

    /// Does what the decision asks for, and sees to it that the notebook is looked at again in time.
    mutating func follow(_ tracked: TrackedNotebook, now: Timestamp) {
        if case .warn = tracked.decision.action, !isShuttingDown {
            warn(tracked, now: now)
            return
        }
        updateDueStop(tracked)
        if case .prolong = tracked.decision.action { beginAttempt(tracked, now: now) }
        overtakeWaitingAttempt(tracked, now: now)
        lookIfDue(tracked, now: now)
        schedule(tracked, now: now)
    }

    /// Handles every notebook whose time has come.
    mutating func wakeDue(now: Timestamp) {
        while let (id, at) = wakes.popDue(now) {
            guard let tracked = notebooks[id], tracked.wakeAt == at else { continue }
            tracked.wakeAt = nil
            if tracked.attempt != nil { advance(tracked, .timeReached, now: now) }
            if let tracked = notebooks[id] { replan(tracked, now: now) }
        }
    }

    /// Gives the warning: the report of it is the channel, and from now on the stop waits for it.
    private mutating func warn(_ tracked: TrackedNotebook, now: Timestamp) {
        effects.append(.report(.warned(tracked.decision, tracked.record.notebook, policy.mode)))
        if let rule = tracked.decision.rule { tracked.record.warning = Warning(rule: rule, givenAt: now) }
        let decision = Planner.decide(tracked.record, policy: policy, now: now)
        fleet.count(tracked.decision, sign: -1)
        fleet.count(decision, sign: 1)
        tracked.decision = decision
        updateDueStop(tracked)
        lookIfDue(tracked, now: now)
        schedule(tracked, now: now)
    }

    private mutating func updateDueStop(_ tracked: TrackedNotebook) {
        if tracked.decision.action == .stop, tracked.attempt == nil {
            dueStops.insert(tracked.id)
        } else {
            dueStops.remove(tracked.id)
        }
    }

    /// Ends an attempt that waits for its next try when it is no longer what is to be done.
    private mutating func overtakeWaitingAttempt(_ tracked: TrackedNotebook, now: Timestamp) {
        guard let attempt = tracked.attempt, case .waiting = attempt.phase else { return }
        let decision = tracked.decision
        let isRenewalNow = decision.action.name == "prolong" && attempt.decision.action == .stop
        guard isRenewalNow || decision.rule != attempt.decision.rule else { return }
        advance(tracked, .overtaken(decision.reasons), now: now)
    }

    mutating func schedule(_ tracked: TrackedNotebook, now: Timestamp) {
        var next = tracked.decision.nextReview
        if let attempt = tracked.attempt {
            if case .waiting(let until) = attempt.phase { next = Planner.earliest(next, until) }
        } else if tracked.attemptNotBefore > now {
            next = Planner.earliest(next, tracked.attemptNotBefore)
        }
        if !tracked.isLooking, let look = nextLook(tracked, now: now) { next = Planner.earliest(next, look) }
        guard let next else { return }
        let at = max(next, now + .milliseconds(1))
        guard tracked.wakeAt.map({ at < $0 || $0 <= now }) ?? true else { return }
        tracked.wakeAt = at
        wakes.add(tracked.id, at: at)
    }
}

extension Decision {
    /// Whether people would want to read of this decision after `other`: not for every minute of idleness more.
    func isNews(after other: Decision) -> Bool {
        guard !reasons.contains(.evidenceDue) else { return false }
        return action.name != other.action.name || rule != other.rule
            || reasons.map(\.code) != other.reasons.map(\.code)
    }
}
