// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// When each notebook ran, and as what, for the ledger and for the book of usage alike.
extension EngineState {
    /// Notes what a reading says of the notebook's run.
    mutating func rememberRun(_ tracked: TrackedNotebook, beganAnew: Bool, lastReadAt: Timestamp, now: Timestamp) {
        let notebook = tracked.record.notebook
        guard notebook.status.isRunning else {
            if tracked.isRunOpen { endRun(tracked, at: lastSeen(lastReadAt, now: now)) }
            return
        }
        guard let traits = tracked.runTraits else {
            findRun(tracked, beganAnew: beganAnew, now: now)
            return
        }
        if beganAnew {
            let end = lastSeen(lastReadAt, now: now)
            if end < now { endRun(tracked, at: end) }
            beginRun(tracked, RunTraits(notebook), isStart: true, now: now)
        } else {
            let updated = traits.updated(by: RunTraits(notebook))
            // What runs on under another owner or flavor counts for that one from now on.
            if !updated.counts(as: traits, of: tracked.id) { splitRun(tracked, updated, until: now, now: now) }
        }
    }

    mutating func endRun(_ tracked: TrackedNotebook, at instant: Timestamp) {
        tracked.runTraits = nil
        record(.runEnded(tracked.id), now: instant)
        usage?.ended(tracked.id, at: instant)
    }

    /// Leaves the span that a clock was set forward by out of every run: nobody ran for it.
    mutating func leaveOutOfRuns(_ step: Duration, now: Timestamp) {
        for tracked in inOrder {
            guard let traits = tracked.runTraits else { continue }
            splitRun(tracked, traits, until: now - step, now: now)
        }
    }

    /// Notes the first run of a notebook that this daemon sees.
    ///
    /// It is the one that an earlier daemon left open only if nothing changed at the notebook since then. Otherwise it may
    /// have stopped and started in between, and nothing counts but what was seen.
    private mutating func findRun(_ tracked: TrackedNotebook, beganAnew: Bool, now: Timestamp) {
        let notebook = tracked.record.notebook
        let traits = RunTraits(notebook)
        let seenUntil = past.lastSeenRunning(tracked.id)
        guard !beganAnew, let seenUntil else {
            beginRun(tracked, traits, isStart: beganAnew, now: now)
            return
        }
        if let updatedAt = notebook.updatedAt, updatedAt <= seenUntil {
            tracked.runTraits = traits
            record(.runBegan(notebook, isStart: false), now: now)
            usage?.continued(tracked.id, traits, at: now)
        } else {
            record(.runEnded(tracked.id), now: now)
            beginRun(tracked, traits, isStart: false, now: now)
        }
    }

    private mutating func beginRun(_ tracked: TrackedNotebook, _ traits: RunTraits, isStart: Bool, now: Timestamp) {
        tracked.runTraits = traits
        var notebook = tracked.record.notebook
        (notebook.owner, notebook.flavor, notebook.workspaceID) = (traits.owner, traits.flavor, traits.workspace)
        record(.runBegan(notebook, isStart: isStart), now: now)
        usage?.began(tracked.id, traits, at: now)
    }

    private mutating func splitRun(
        _ tracked: TrackedNotebook,
        _ traits: RunTraits,
        until end: Timestamp,
        now: Timestamp
    ) {
        endRun(tracked, at: end)
        beginRun(tracked, traits, isStart: false, now: now)
    }

    /// Until when a run counts that is over now: until now, unless nobody has looked for so long that it may have ended
    /// long ago.
    private func lastSeen(_ lastReadAt: Timestamp, now: Timestamp) -> Timestamp {
        now - lastReadAt > policy.service.pollEvery * FleetWatch.outageAfterPolls ? lastReadAt : now
    }
}

extension RunTraits {
    /// Whether usage counts for the same groups.
    fileprivate func counts(as other: RunTraits, of notebook: NotebookID) -> Bool {
        UsageBudget.Grouping.allCases.allSatisfy { group($0, of: notebook) == other.group($0, of: notebook) }
    }
}
