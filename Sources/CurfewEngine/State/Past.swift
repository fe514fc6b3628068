// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// What is still to be done about what earlier runs of the daemon left behind.
struct Past {
    /// Intents whose outcome nobody knows, by notebook; nothing begins on a notebook that has one.
    private(set) var openIntents: [NotebookID: [OpenIntent]]
    /// Marks and grants; each is taken over with the first sight of its notebook.
    private var marks: [NotebookID: [MarkMemory]]
    private var grants: [NotebookID: Grant]
    private var stops: [NotebookID: [Timestamp]]
    private var restarts: [NotebookID: [Timestamp]]
    /// Notebooks that were running when the daemon that saw them was last alive, and when that was.
    private(set) var openRuns: [NotebookID: Timestamp]

    init(_ memory: LedgerMemory) {
        openIntents = Dictionary(grouping: memory.openIntents, by: \.notebook)
        (marks, grants, openRuns) = (memory.marks, memory.grants, memory.openRuns)
        (stops, restarts) = (memory.stops, memory.restarts)
    }

    /// Hands what is remembered of a notebook to its record, once.
    mutating func hand(to tracked: TrackedNotebook, marks settings: MarkSettings?, now: Timestamp) {
        let spell = marks.removeValue(forKey: tracked.id)?.spell(settings)
        if let spell { tracked.record.recall(spell, marks: settings) }
        if let grant = grants.removeValue(forKey: tracked.id) { tracked.record.take(grant) }
        for restart in restarts.removeValue(forKey: tracked.id) ?? [] {
            tracked.record.noteQuickRestart(at: min(restart, now))
        }
        tracked.stoppedAt = stops.removeValue(forKey: tracked.id)?.max().map { min($0, now) }
    }

    /// Keeps the grant of a notebook that is forgotten because listings lacked it: it may have been passed over, and comes
    /// back with the next one.
    mutating func keep(_ grant: Grant, of id: NotebookID, now: Timestamp) {
        if now < grant.until { grants[id] = grant }
    }

    /// Withdraws the grant of a notebook that is not there.
    mutating func withdrawGrant(of id: NotebookID, now: Timestamp) {
        grants[id] = grants[id]?.withdrawn(at: now)
    }

    /// Takes out the intents on a notebook that the reading decides.
    mutating func resolve(by notebook: Notebook) -> [(OpenIntent, OpenIntent.Resolution)] {
        guard let open = openIntents[notebook.id] else { return [] }
        let decided = open.compactMap { intent in intent.resolution(notebook).map { (intent, $0) } }
        let left = open.filter { intent in !decided.contains { $0.0 == intent } }
        openIntents[notebook.id] = left.isEmpty ? nil : left
        return decided
    }

    /// Takes out the intents on notebooks that a complete listing lacks.
    mutating func resolveGone(listed: (NotebookID) -> Bool) -> [OpenIntent] {
        let gone = openIntents.keys.filter { !listed($0) }.sorted { $0.text < $1.text }
        return gone.flatMap { openIntents.removeValue(forKey: $0) ?? [] }
    }

    /// When the run was last seen, if it was known to be open; it is no longer remembered.
    mutating func lastSeenRunning(_ id: NotebookID) -> Timestamp? { openRuns.removeValue(forKey: id) }

    /// Takes out the runs that must have ended: their notebooks do not run any more.
    mutating func endedRuns() -> [NotebookID] {
        defer { openRuns = [:] }
        return openRuns.keys.sorted { $0.text < $1.text }
    }
}

extension [MarkMemory] {
    /// The spell that the last of the marks in force belongs to; nil when none was in force.
    fileprivate func spell(_ settings: MarkSettings?) -> MarkSpell? {
        let spells = compactMap { memory -> MarkSpell? in
            guard let end = settings?.askedUntil(memory.mark.text) else { return nil }
            return MarkSpell(since: memory.mark.firstSeenAt, absentSince: Swift.min(end, memory.lastSeenAt))
        }
        return spells.max { ($0.absentSince ?? .distantPast) < ($1.absentSince ?? .distantPast) }
    }
}

extension OpenIntent {
    /// What became of the intent, as far as the reading tells; nil when it does not.
    fileprivate func resolution(_ notebook: Notebook) -> Resolution? {
        switch action {
        case .stop:
            if notebook.status.isStoppedOrStopping { return .happened }
            return notebook.status.isRunning ? .notHappened : nil
        case .prolong(let duration, let kind):
            guard let lease = notebook.lease.lease else { return nil }
            let order = ActionAttempt.Order.isLease(lease, of: kind, lasting: duration, since: decidedAt)
            return order ? .happened : .notHappened
        }
    }
}
