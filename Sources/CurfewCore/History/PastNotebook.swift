// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A notebook as it was known at each moment of its recorded past.
struct PastNotebook {
    private let history: NotebookHistory
    private let marks: MarkSettings?
    var record: NotebookRecord?
    private var portraitIndex = -1
    private var runIndex = -1
    /// Runs whose start is known; each has a token of its own, as in the cloud.
    private var starts = 0
    private var stoppedAt: Timestamp?
    private var grantIndex = 0
    /// What the record was made from last.
    private var shown: Shown?

    private struct Shown: Equatable {
        var portrait: Int
        var isGone: Bool
        var starts: Int
    }

    init(_ history: NotebookHistory, marks: MarkSettings?) {
        self.history = history
        self.marks = marks
    }

    /// The moments at which something other than its use changes.
    var changes: [Timestamp] {
        var changes = history.portraits.map(\.since) + history.portraits.compactMap(\.until)
        changes += history.runs.map(\.beganAt) + history.runs.compactMap(\.endedAt)
        changes += history.grants.map(\.grantedAt) + history.grants.compactMap(\.withdrawnAt)
        return changes
    }

    var isRunning: Bool { record?.notebook.status.isRunning ?? false }

    /// The run that goes on.
    var run: NotebookHistory.Run? { runIndex >= 0 ? history.runs[runIndex] : nil }

    /// The notebook as it is, without what stands for its token here.
    func notebook(_ id: NotebookID) -> Notebook {
        var notebook = record?.notebook ?? Notebook(id: id, name: "", status: .stopped)
        notebook.access = nil
        return notebook
    }

    /// Takes what became known until `now`, which never goes back.
    mutating func advance(to now: Timestamp) {
        while portraitIndex + 1 < history.portraits.count, history.portraits[portraitIndex + 1].since <= now {
            portraitIndex += 1
        }
        while runIndex + 1 < history.runs.count, history.runs[runIndex + 1].beganAt <= now {
            runIndex += 1
            if history.runs[runIndex].isStart { starts += 1 }
        }
        guard portraitIndex >= 0 else { return }
        defer { takeGrants(now) }
        let isGone = history.portraits[portraitIndex].until.map { $0 <= now } ?? false
        let next = Shown(portrait: portraitIndex, isGone: isGone, starts: starts)
        guard next != shown else { return }
        shown = next
        show(at: now, isGone: isGone)
    }

    /// Notes a stop that would have been made; where somebody starts the notebook again, that is a run of its own.
    mutating func stopped(at instant: Timestamp, startedAgain: Bool) {
        stoppedAt = instant
        if startedAgain { starts += 1 }
    }

    private mutating func show(at now: Timestamp, isGone: Bool) {
        var notebook = history.portraits[portraitIndex].notebook
        if isGone { notebook.status = .deleted }
        notebook.access = JupyterAccess(url: "", token: Secret("\(starts)"))
        if record == nil {
            begin(notebook, at: now)
        } else if record?.update(with: notebook, readAt: now, seenAt: now, marks: marks) == true {
            noteRestart(at: now)
        }
    }

    private mutating func begin(_ notebook: Notebook, at now: Timestamp) {
        let since = min(now, run?.beganAt ?? history.portraits[portraitIndex].since)
        if let run, run.isStart, notebook.status.isRunning {
            // It was seen to start, before the time that is looked at.
            var before = notebook
            before.status = .stopped
            record = NotebookRecord(before, readAt: since, marks: marks)
            record?.update(with: notebook, readAt: since, seenAt: since, marks: marks)
        } else {
            record = NotebookRecord(notebook, readAt: since, marks: marks)
        }
        // The record knows a mark since then; the ledger knows since when it is there.
        let text = marks?.text(of: notebook)
        if let mark = history.marks.last(where: { $0.text == text && $0.firstSeenAt <= now }) {
            record?.recall(MarkSpell(since: mark.firstSeenAt), marks: marks)
        }
    }

    private mutating func takeGrants(_ now: Timestamp) {
        while grantIndex < history.grants.count, history.grants[grantIndex].grantedAt <= now {
            let grant = history.grants[grantIndex]
            record?.take(Grant(until: grant.until, reason: grant.reason, by: grant.by, grantedAt: grant.grantedAt))
            grantIndex += 1
        }
        guard grantIndex > 0, let withdrawn = history.grants[grantIndex - 1].withdrawnAt, withdrawn <= now else {
            return
        }
        record?.withdrawGrant(at: withdrawn)
    }

    private mutating func noteRestart(at now: Timestamp) {
        if let stoppedAt, now - stoppedAt <= Flapping.quick { record?.noteQuickRestart(at: now) }
        stoppedAt = nil
    }
}
