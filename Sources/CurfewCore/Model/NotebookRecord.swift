// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// All that is known of one notebook: what the cloud said last, and what was seen in its present run.
///
/// Activity belongs to a run. When the notebook starts anew, everything seen in the run before is dropped, so that a
/// notebook is never stopped on what its user did not do before starting it.
package struct NotebookRecord: Sendable {
    package var notebook: Notebook { box.notebook }
    /// In a box, because a decision copies the record several times: one reference to count instead of two dozen.
    private var box: NotebookBox
    /// When the cloud was last asked about it.
    package private(set) var readAt: Timestamp
    package private(set) var firstSeenAt: Timestamp
    /// When it was first seen RUNNING in this run, where the start itself was witnessed.
    package private(set) var startSeenAt: Timestamp?
    /// The last look of each source in this run.
    package private(set) var observations: [Observation] = []
    /// The latest activity that any look of this run reported, whatever later looks say.
    package private(set) var lastKnownActivityAt: Timestamp?
    /// The latest start that any look of this run reported, whatever later looks say.
    private var startReportedAt: Timestamp?
    /// The lease of this run as it was last known, whether or not the last reading carried one.
    package private(set) var lease: Lease?
    /// The token of this run, whether or not the last reading carried one.
    private var token: Secret?
    /// The mark that it carries, in force or not.
    package private(set) var mark: MarkSighting?
    /// Since when its user has been asking for keep-alive without a day's break.
    package private(set) var markSpell: MarkSpell?
    /// The last grant, in force or not.
    package private(set) var grant: Grant?
    /// Whether it carries a mark or has a grant, in force or not; most have neither.
    var hasMarkOrGrant: Bool { mark != nil || grant != nil }
    /// When something started it again soon after it was stopped here, oldest first.
    package private(set) var quickRestarts: [Timestamp] = []
    /// The last warning given in this run.
    package var warning: Warning?

    package init(_ notebook: Notebook, readAt: Timestamp, marks: MarkSettings?) {
        box = NotebookBox(notebook)
        self.readAt = readAt
        firstSeenAt = readAt
        token = notebook.access?.token
        lease = notebook.lease.lease
        note(marks: marks)
    }

    /// When the notebook last became RUNNING, as well as can be told.
    ///
    /// The latest of the start that was witnessed and the start its server reports; else when the cloud last changed its
    /// record; else the first sight. Never the creation time: a notebook that was created long ago and started now has
    /// been running for no time at all.
    package var runningSince: Timestamp {
        if let startSeenAt { return max(startSeenAt, startReportedAt ?? startSeenAt) }
        return startReportedAt ?? min(notebook.updatedAt ?? firstSeenAt, readAt)
    }

    /// The last look of the given source, if it looked in this run.
    package func observation(of source: EvidenceName) -> Observation? {
        observations.first { $0.source == source }
    }

    /// Takes what the cloud says now; tells whether a new run began.
    ///
    /// `readAt` is when the reading was begun, `seenAt` when its answer was there (nil where nobody can tell them apart):
    /// a notebook that started in between must not be said to run since before it did.
    @discardableResult
    package mutating func update(
        with notebook: Notebook,
        readAt: Timestamp,
        seenAt: Timestamp? = nil,
        marks: MarkSettings?
    ) -> Bool {
        let beganAnew = isNewRun(notebook)
        // Most readings say nothing new: what is known serves on, and the texts of the reading need not be kept beside it.
        if notebook != box.notebook { box = NotebookBox(notebook) }
        let notebook = box.notebook
        self.readAt = readAt
        if beganAnew || !notebook.status.isInRun { forgetRun() }
        if beganAnew { startSeenAt = seenAt ?? readAt }
        token = notebook.access?.token ?? token
        lease = notebook.lease.lease ?? lease
        note(marks: marks)
        return beganAnew
    }

    /// Takes a look of a source; an older look than the last one is dropped, unless it is to replace it.
    package mutating func add(_ observation: Observation, replacing: Bool = false) {
        let index = observations.firstIndex { $0.source == observation.source }
        let observation = index.map { observation.joined(to: observations[$0]) } ?? observation
        if let reported = observation.knownActivityAt {
            lastKnownActivityAt = max(lastKnownActivityAt ?? reported, reported)
        }
        if let started = observation.serverStartedAt.map({ min($0, observation.observedAt) }) {
            startReportedAt = max(startReportedAt ?? started, started)
        }
        if let index {
            // Looks may finish out of order; an older one must not hide a newer one.
            guard replacing || observations[index].observedAt <= observation.observedAt else { return }
            observations[index] = observation
        } else {
            observations.append(observation)
        }
    }

    /// Notes that something started it again soon after it was stopped here.
    package mutating func noteQuickRestart(at instant: Timestamp) {
        quickRestarts = quickRestarts.suffix(Flapping.limit - 1) + [instant]
    }

    /// Takes over since when its user has been asking for keep-alive, from before the daemon began.
    package mutating func recall(_ spell: MarkSpell, marks: MarkSettings?) {
        markSpell = spell.clamped(to: readAt)
        note(marks: marks)
    }

    /// Takes a grant, as part of the row of grants that it continues.
    package mutating func take(_ grant: Grant) {
        self.grant = grant.following(self.grant)
    }

    /// Withdraws the grant, if there is one.
    package mutating func withdrawGrant(at now: Timestamp) {
        grant = grant?.withdrawn(at: now)
    }

    /// Looks for the mark again, after a reading or after the policy changed what marks.
    package mutating func note(marks: MarkSettings?) {
        // Tags that cannot be read do not undo the mark that stood in them.
        if let marks, mark != nil, marks.mayBeHidden(in: notebook) { return }
        let text = marks?.text(of: notebook)
        let end = text.flatMap { marks?.askedUntil($0) }
        if let end, end > readAt {
            let going = markSpell.flatMap { $0.goesOn(at: readAt) ? $0 : nil }
            markSpell = going?.marked() ?? MarkSpell(since: readAt)
        } else {
            markSpell = markSpell?.unmarked(since: min(end ?? readAt, readAt))
        }
        mark = text.map { MarkSighting(text: $0, firstSeenAt: markSpell?.since ?? mark?.firstSeenAt ?? readAt) }
    }

    /// Drops the looks of this run, after the policy changed how they are taken; the latest known activity stays.
    package mutating func forgetLooks() {
        observations = []
    }

    /// Takes back what was stamped with instants after `now`, after the clock was set back: a stamp of the future would
    /// outlast every fresh one.
    package mutating func forgetFuture(now: Timestamp) {
        observations.removeAll { $0.observedAt > now }
        readAt = min(readAt, now)
        firstSeenAt = min(firstSeenAt, now)
        startSeenAt = startSeenAt.map { min($0, now) }
        startReportedAt = startReportedAt.map { min($0, now) }
        lastKnownActivityAt = lastKnownActivityAt.map { min($0, now) }
        quickRestarts = quickRestarts.map { min($0, now) }
        mark = mark.map { MarkSighting(text: $0.text, firstSeenAt: min($0.firstSeenAt, now)) }
        markSpell = markSpell?.clamped(to: now)
        grant = grant?.clamped(to: now)
        warning = warning.map { Warning(rule: $0.rule, givenAt: min($0.givenAt, now)) }
    }

    /// Whether the notebook was started since the last reading: it was not running and is now, or it carries another
    /// token, which the cloud makes anew at every start, so a stop and start between two readings is noticed too.
    private func isNewRun(_ next: Notebook) -> Bool {
        guard next.status.isInRun else { return false }
        if let before = token, let after = next.access?.token, before != after { return true }
        return !notebook.status.isInRun
    }

    private mutating func forgetRun() {
        startSeenAt = nil
        startReportedAt = nil
        token = nil
        lease = nil
        observations = []
        lastKnownActivityAt = nil
        warning = nil
    }
}

private final class NotebookBox: Sendable {
    let notebook: Notebook

    init(_ notebook: Notebook) {
        self.notebook = notebook
    }
}

extension NotebookStatus {
    /// Whether a run goes on: saving an image interrupts the computing and ends no run.
    fileprivate var isInRun: Bool { self == .running || self == .snapshotting }
}
