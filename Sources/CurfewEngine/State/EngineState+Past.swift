// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    /// Keeps in the ledger what a reading changed that must outlive the daemon, and settles what an earlier one left open.
    mutating func remember(
        _ tracked: TrackedNotebook,
        beganAnew: Bool,
        markBefore: MarkSighting?,
        now: Timestamp
    ) {
        for (intent, resolution) in past.resolve(by: tracked.record.notebook) { settle(intent, resolution, now: now) }
        rememberRun(tracked, beganAnew: beganAnew, now: now)
        let mark = tracked.record.mark
        guard mark != markBefore else { return }
        if let mark { record(.marked(tracked.id, mark), now: now) } else { record(.markLifted(tracked.id), now: now) }
    }

    /// Settles what only a complete listing can: intents and runs of notebooks that it lacks.
    mutating func settlePast(now: Timestamp) {
        for intent in past.resolveGone(listed: { notebooks[$0] != nil }) { settle(intent, .gone, now: now) }
        for id in past.endedRuns() { record(.runEnded(id), now: now) }
    }

    private mutating func settle(_ intent: OpenIntent, _ resolution: OpenIntent.Resolution, now: Timestamp) {
        effects.append(.report(.resolved(intent, resolution)))
        record(.resolved(intent, resolution), now: now)
    }

    private mutating func rememberRun(_ tracked: TrackedNotebook, beganAnew: Bool, now: Timestamp) {
        let isRunning = tracked.record.notebook.status.isRunning
        if isRunning, beganAnew || !tracked.isRunOpen {
            let continues = past.continuesRun(tracked.id)
            let isStart = beganAnew || tracked.isRunOpen
            tracked.isRunOpen = true
            if isStart || !continues { record(.runBegan(tracked.record.notebook, isStart: isStart), now: now) }
            if beganAnew { noteRestart(tracked, now: now) }
        } else if !isRunning, tracked.isRunOpen {
            tracked.isRunOpen = false
            record(.runEnded(tracked.id), now: now)
        }
    }

    /// Counts a start that comes soon after a stop.
    private mutating func noteRestart(_ tracked: TrackedNotebook, now: Timestamp) {
        guard let stoppedAt = tracked.stoppedAt else { return }
        tracked.stoppedAt = nil
        guard now - stoppedAt <= Flapping.quick else { return }
        tracked.record.noteQuickRestart(at: now)
        record(.restarted(tracked.id), now: now)
    }
}
