// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// All that is known of one notebook: what the cloud said last, and what was seen in its present run.
///
/// Activity belongs to a run. When the notebook starts anew, everything seen in the run before is dropped, so that a
/// notebook is never stopped on what its user did not do before starting it.
package struct NotebookRecord: Sendable {
    package private(set) var notebook: Notebook
    /// When the cloud was last asked about it.
    package private(set) var readAt: Timestamp
    package let firstSeenAt: Timestamp
    /// When it was first seen RUNNING in this run, where the start itself was witnessed.
    package private(set) var startSeenAt: Timestamp?
    /// The last look of each source in this run.
    package private(set) var observations: [Observation] = []
    /// The latest activity that any look of this run reported, whatever later looks say.
    package private(set) var lastKnownActivityAt: Timestamp?
    package private(set) var mark: MarkSighting?
    /// The last warning given in this run.
    package var warning: Warning?

    package init(_ notebook: Notebook, readAt: Timestamp, marks: MarkSettings?) {
        self.notebook = notebook
        self.readAt = readAt
        firstSeenAt = readAt
        note(marks: marks)
    }

    /// When the notebook last became RUNNING, as well as can be told.
    ///
    /// The latest of the start that was witnessed and the start its server reports; else when the cloud last changed its
    /// record; else the first sight. Never the creation time: a notebook that was created long ago and started now has
    /// been running for no time at all.
    package var runningSince: Timestamp {
        let reported = observations.lazy.compactMap(\.serverStartedAt).max()
        if let startSeenAt { return max(startSeenAt, reported ?? startSeenAt) }
        return min(reported ?? notebook.updatedAt ?? firstSeenAt, readAt)
    }

    /// The last look of the given source, if it looked in this run.
    package func observation(of source: EvidenceName) -> Observation? {
        observations.first { $0.source == source }
    }

    /// Takes what the cloud says now; tells whether a new run began.
    @discardableResult
    package mutating func update(with notebook: Notebook, readAt: Timestamp, marks: MarkSettings?) -> Bool {
        let beganAnew = isNewRun(notebook)
        self.notebook = notebook
        self.readAt = readAt
        if beganAnew { startSeenAt = readAt }
        if beganAnew || !notebook.status.isRunning { forgetRun() }
        note(marks: marks)
        return beganAnew
    }

    /// Takes a look of a source.
    package mutating func add(_ observation: Observation) {
        if let index = observations.firstIndex(where: { $0.source == observation.source }) {
            // Looks may finish out of order; an older one must not hide a newer one.
            guard observations[index].observedAt <= observation.observedAt else { return }
            observations[index] = observation
        } else {
            observations.append(observation)
        }
        let reported: Timestamp? =
            switch observation.activity {
            case .active: observation.observedAt
            case .idle(let since): since
            case .unknown: nil
            }
        if let reported { lastKnownActivityAt = max(lastKnownActivityAt ?? reported, reported) }
    }

    /// Looks for the mark again, after the policy changed what marks.
    package mutating func note(marks: MarkSettings?) {
        guard let text = marks?.text(of: notebook) else {
            mark = nil
            return
        }
        if mark?.text != text { mark = MarkSighting(text: text, firstSeenAt: readAt) }
    }

    /// Drops the looks of this run, after the policy changed how they are taken; the latest known activity stays.
    package mutating func forgetLooks() {
        observations = []
    }

    /// Whether the notebook was started since the last reading: it was not RUNNING and is now, or it carries another
    /// token, which the cloud makes anew at every start, so a stop and start between two readings is noticed too.
    private func isNewRun(_ next: Notebook) -> Bool {
        guard next.status.isRunning else { return false }
        if !notebook.status.isRunning { return notebook.status != .snapshotting }
        guard let before = notebook.access?.token, let after = next.access?.token else { return false }
        return before != after
    }

    private mutating func forgetRun() {
        guard notebook.status != .snapshotting else { return }
        if !notebook.status.isRunning { startSeenAt = nil }
        observations = []
        lastKnownActivityAt = nil
        warning = nil
    }
}
