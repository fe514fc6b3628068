// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    /// Keeps in the ledger what a reading changed that must outlive the daemon, and settles what an earlier one left open.
    mutating func remember(
        _ tracked: TrackedNotebook,
        beganAnew: Bool,
        lastReadAt: Timestamp,
        markBefore: MarkSighting?,
        now: Timestamp
    ) {
        for (intent, resolution) in past.resolve(by: tracked.record.notebook) { settle(intent, resolution, now: now) }
        rememberRun(tracked, beganAnew: beganAnew, lastReadAt: lastReadAt, now: now)
        if beganAnew { noteRestart(tracked, now: now) }
        rememberMark(tracked, before: markBefore, now: now)
    }

    /// Keeps a mark that is new or another one than before, and tells of one that nobody can read: its user believes to
    /// be safe.
    mutating func rememberMark(_ tracked: TrackedNotebook, before: MarkSighting?, now: Timestamp) {
        let mark = tracked.record.mark
        guard mark != before else { return }
        guard let mark else { return record(.markLifted(tracked.id), now: now) }
        record(.marked(tracked.id, mark), now: now)
        if mark.text != before?.text, policy.marks?.askedUntil(mark.text) == nil {
            effects.append(.report(.markUnreadable(tracked.record.notebook, mark.text)))
        }
    }

    /// Settles what only a complete listing can: intents and runs of notebooks that it lacks.
    mutating func settlePast(now: Timestamp) {
        for intent in past.resolveGone(listed: { notebooks[$0] != nil }) { settle(intent, .gone, now: now) }
        for id in past.endedRuns() {
            record(.runEnded(id), now: now)
            usage?.ended(id, at: now)
        }
    }

    private mutating func settle(_ intent: OpenIntent, _ resolution: OpenIntent.Resolution, now: Timestamp) {
        effects.append(.report(.resolved(intent, resolution)))
        record(.resolved(intent, resolution), now: now)
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
