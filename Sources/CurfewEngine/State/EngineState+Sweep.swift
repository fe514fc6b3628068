// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    func nextSweepAt(_ now: Timestamp) -> Timestamp {
        sweep.startedAt.map { $0 + policy.service.pollEvery } ?? now
    }

    mutating func beginSweepIfDue(now: Timestamp) {
        guard !sweep.isRunning, now >= nextSweepAt(now) else { return }
        sweep = Sweep(number: sweep.number + 1, startedAt: now, isRunning: true)
        effects.append(.list(sweep: sweep.number))
        beginSurveys()
    }

    mutating func take(_ page: [Notebook], sweep number: Int, readAt: Timestamp, now: Timestamp) {
        guard number == sweep.number else { return }
        for notebook in page {
            sweep.listed += 1
            if notebook.status.isRunning { sweep.running += 1 }
            guard let tracked = notebooks[notebook.id] else {
                track(notebook, readAt: readAt, now: now)
                continue
            }
            tracked.sweep = number
            tracked.missedListings = 0
            // A listing shows each notebook as it was at some moment since its beginning; a single reading may be fresher.
            let begun = min(readAt, sweep.startedAt ?? readAt)
            if learn(notebook, about: tracked, readAt: begun, now: now) { replan(tracked, now: now) }
        }
    }

    /// Ends a sweep.
    ///
    /// Only a complete one tells anything about notebooks that it did not list.
    mutating func sweepEnded(_ number: Int, failure: ServiceFailure?, now: Timestamp) {
        guard number == sweep.number, sweep.isRunning else { return }
        sweep.isRunning = false
        tellRestOfSilences()
        listingFailure = failure.map { ListingFailure(at: now, text: "\($0)") }
        if let failure {
            effects.append(.report(.sweepFailed(failure)))
            judgeHolds(now: now)
            return
        }
        let took = now - (sweep.startedAt ?? now)
        forgetMissing(from: number, now: now)
        settlePast(now: now)
        record(.listed(notebooks: sweep.listed, running: sweep.running), now: now)
        // What was on its way when time was disturbed does not count; the next listing comes at once.
        if sweep.isVoid {
            sweep.startedAt = nil
        } else {
            fleet.completed(at: now, running: sweep.running, pollEvery: policy.service.pollEvery)
        }
        fleet.judgeBlindness(policy.guards.blind, sweepEnded: true)
        judgeHolds(now: now)
        effects.append(.report(.sweepFinished(listed: sweep.listed, running: sweep.running, took: took)))
    }

    /// Forgets the notebooks that two complete listings in a row have lacked: one may pass a notebook over, when the list
    /// moves while it is read, and whoever is kept alive must not be forgotten for that.
    private mutating func forgetMissing(from number: Int, now: Timestamp) {
        var gone: [TrackedNotebook] = []
        for tracked in notebooks.values where tracked.sweep != number && tracked.attempt == nil {
            tracked.missedListings += 1
            if tracked.missedListings >= 2 { gone.append(tracked) }
        }
        for tracked in gone.sorted(by: { $0.id.text < $1.id.text }) { forget(tracked, now: now) }
    }

    /// Takes what a reading says, unless a fresher one is known, and drops what belonged to a run that has ended.
    ///
    /// Tells whether the reading was taken.
    @discardableResult
    mutating func learn(
        _ notebook: Notebook,
        about tracked: TrackedNotebook,
        readAt: Timestamp,
        now: Timestamp
    ) -> Bool {
        guard readAt >= tracked.record.readAt else { return false }
        let mark = tracked.record.mark
        let lastReadAt = tracked.record.readAt
        let before = tracked.record.notebook
        let beganAnew = tracked.record.update(with: notebook, readAt: readAt, seenAt: now, marks: policy.marks)
        if !notebook.isLike(before) { record(.seen(notebook.withoutAccess), now: now) }
        remember(tracked, beganAnew: beganAnew, lastReadAt: lastReadAt, markBefore: mark, now: now)
        guard beganAnew || !notebook.status.isRunning else { return true }
        tracked.failedLooks = 0
        tracked.lookNotBefore = .distantPast
        tracked.silences = []
        tracked.trace = nil
        tracked.implausibilities = []
        return true
    }

    mutating func forget(_ tracked: TrackedNotebook, now: Timestamp) {
        if tracked.isRunOpen { endRun(tracked, at: now) }
        record(.vanished(tracked.id), now: now)
        fleet.count(tracked.decision, sign: -1)
        dueStops.remove(tracked.id)
        approved.remove(tracked.id)
        notebooks[tracked.id] = nil
        tracked.leave()
        if let grant = tracked.record.grant { past.keep(grant, of: tracked.id, now: now) }
        effects.append(.report(.vanished(tracked.record.notebook)))
    }

    private mutating func track(_ notebook: Notebook, readAt: Timestamp, now: Timestamp) {
        let record = NotebookRecord(notebook, readAt: readAt, marks: policy.marks)
        let decision = Planner.decide(record, policy: policy, usage: usage?.book, now: now)
        let tracked = TrackedNotebook(record: record, decision: decision, sweep: sweep.number, shelf: shelf)
        notebooks[notebook.id] = tracked
        past.hand(to: tracked, marks: policy.marks, now: now)
        self.record(.seen(notebook.withoutAccess), now: now)
        remember(tracked, beganAnew: false, lastReadAt: readAt, markBefore: nil, now: now)
        tracked.decision = Planner.decide(tracked.record, policy: policy, usage: usage?.book, now: now)
        fleet.count(tracked.decision, sign: 1)
        tellIfNews(tracked)
        follow(tracked, now: now)
    }
}

extension Notebook {
    /// The notebook without the address and the token of its run.
    fileprivate var withoutAccess: Notebook {
        var copy = self
        copy.access = nil
        return copy
    }

    /// Whether it is the same in all that a rule can match.
    fileprivate func isLike(_ other: Notebook) -> Bool { withoutAccess == other.withoutAccess }
}
