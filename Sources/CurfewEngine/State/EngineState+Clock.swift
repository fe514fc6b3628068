// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    /// Takes nothing that was seen before as a ground to stop anything, lists at once, and begins the cold start anew.
    mutating func disturbed(_ what: Disturbance, now: Timestamp) {
        fleet.disturbed(what)
        evidenceChangedAt = now
        if case .clockSet(let step) = what, step > .zero { leaveOutOfRuns(step, now: now) }
        if sweep.isRunning { sweep.isVoid = true } else { sweep.startedAt = nil }
        for tracked in inOrder {
            tracked.record.forgetLooks()
            tracked.lookNotBefore = min(tracked.lookNotBefore, now)
            replan(tracked, now: now)
        }
        judgeHolds(now: now)
    }

    /// Takes back every instant that lies in the future since the wall clock was set back.
    ///
    /// A stamp of the future would outlast all fresh ones, and a wait for it would last as long as the step was wide. The
    /// cold start begins anew: what was seen under the other clock is no ground to stop anything.
    mutating func clockSetBack(to now: Timestamp) {
        sweep.startedAt = sweep.startedAt.map { min($0, now) }
        fleet.clockSetBack(to: now)
        usage?.clockSetBack(to: now)
        holdsSince = holdsSince.mapValues { min($0, now) }
        evidenceChangedAt = min(evidenceChangedAt, now)
        for tracked in inOrder {
            tracked.record.forgetFuture(now: now)
            tracked.lookNotBefore = min(tracked.lookNotBefore, now)
            tracked.attemptNotBefore = min(tracked.attemptNotBefore, now)
            for index in tracked.silences.indices {
                tracked.silences[index].since = min(tracked.silences[index].since, now)
            }
            tracked.trace = nil
            for index in tracked.implausibilities.indices {
                tracked.implausibilities[index].reportedAt = min(tracked.implausibilities[index].reportedAt, now)
            }
            tracked.wakeAt = nil
            if tracked.attempt != nil { advance(tracked, .clockSetBack, now: now) }
        }
        for tracked in inOrder { replan(tracked, now: now) }
    }
}
