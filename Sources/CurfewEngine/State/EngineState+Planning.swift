// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    /// The pause between two looks at a notebook that would be stopped, where the policy says to observe only.
    private static let observedStopSpacing: Duration = .seconds(300)

    /// Decides anew about one notebook and sets in motion what follows from it.
    mutating func replan(_ tracked: TrackedNotebook, now: Timestamp) {
        let decision = Planner.decide(tracked.record, policy: policy, usage: usage?.book, now: now)
        // A warning belongs to an unbroken wait for the stop that it announced.
        if let warning = tracked.record.warning, decision.rule != warning.rule { tracked.record.warning = nil }
        fleet.count(tracked.decision, sign: -1)
        fleet.count(decision, sign: 1)
        tracked.decision = decision
        if !approved.isEmpty { settleApproval(of: tracked, now: now) }
        tellIfNews(tracked)
        follow(tracked, now: now)
    }

    /// Reports the decision if it is another one than was told last: not for every minute of idleness more, and not for
    /// the moments in which another look is under way.
    mutating func tellIfNews(_ tracked: TrackedNotebook) {
        let decision = tracked.decision
        guard !decision.reasons.contains(.evidenceDue) else { return }
        var hasher = Hasher()
        hasher.combine(decision.action.name)
        hasher.combine(decision.rule)
        for reason in decision.reasons { hasher.combine(reason.code) }
        let essence = hasher.finalize()
        guard tracked.told != essence else { return }
        tracked.told = essence
        effects.append(.report(.decided(decision, tracked.record.notebook, policy.mode)))
        if case .flapping? = decision.reasons.first {
            effects.append(.report(.flapping(tracked.record.notebook, decision.reasons[0])))
        }
    }

    /// Does what the decision asks for, and sees to it that the notebook is looked at again in time.
    mutating func follow(_ tracked: TrackedNotebook, now: Timestamp) {
        if case .warn = tracked.decision.action, !isShuttingDown {
            warn(tracked, now: now)
            return
        }
        updateDueStop(tracked)
        if policy.mode == .observe, tracked.decision.action == .stop {
            // Nothing will come of it, so there is no hurry to see it again.
            tracked.lookNotBefore = max(tracked.lookNotBefore, now + Self.observedStopSpacing)
        }
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
        if let rule = tracked.decision.rule {
            tracked.record.warning = Warning(rule: rule, givenAt: now)
            if case .warn(let stopAt) = tracked.decision.action {
                record(.warned(tracked.record.notebook, rule: rule, stopAt: stopAt), now: now)
            }
        }
        let decision = Planner.decide(tracked.record, policy: policy, usage: usage?.book, now: now)
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
        let isActionNow = ["prolong", "stop"].contains(decision.action.name)
        let isOtherAction = isActionNow && decision.action.name != attempt.decision.action.name
        guard isOtherAction || decision.rule != attempt.decision.rule else { return }
        advance(tracked, .overtaken(decision.reasons, tracked.record.notebook), now: now)
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
