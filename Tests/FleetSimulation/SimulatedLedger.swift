// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

@testable import CurfewEngine

/// A ledger as simple as can be, that outlives the simulated daemons.
struct SimulatedLedger {
    private(set) var entries: [LedgerEntry] = []
    private var generations: [Int] = []
    /// Whether the last writing failed.
    var wasFailing = false

    /// Entries of a daemon that wait until the ledger works again; they are lost with the daemon.
    private var waiting: [LedgerEntry] = []
    private var waitingFor = 0

    /// Writes an entry, and with it those that wait, as `LedgerWriter` does; intents and acts do not wait.
    mutating func write(_ entry: LedgerEntry, fails: Bool, generation: Int) {
        if waitingFor != generation { (waiting, waitingFor) = ([], generation) }
        if fails {
            if !entry.isKeptForLater { return }
            waiting.append(entry)
            return
        }
        for entry in waiting + [entry] {
            entries.append(entry)
            generations.append(generation)
        }
        waiting = []
    }

    /// What daemons before this one left behind.
    func recall(before generation: Int, now: Timestamp) -> LedgerMemory {
        var memory = LedgerMemory()
        memory.openIntents = openIntents(before: generation)
        for entry in entries {
            let isRecent = now - entry.at <= .hours(24)
            switch entry.event {
            case .intent(_, let notebook, let decision) where isRecent && decision.action == .stop:
                memory.stops[notebook.id, default: []].append(entry.at)
            case .marked(let id, let mark):
                memory.marks[id, default: []].removeAll { $0.mark.text == mark.text }
                memory.marks[id, default: []].append(MarkMemory(mark, lastSeenAt: now))
            case .markLifted(let id):
                memory.marks[id] = memory.marks[id]?.map {
                    MarkMemory($0.mark, lastSeenAt: min($0.lastSeenAt, entry.at))
                }
            case .acted(_, let act): Self.recall(act, at: entry.at, into: &memory)
            case .holdBegan(.tooManyStops(let due, let limit)) where memory.guardFreeze == nil:
                memory.guardFreeze = GuardFreeze(due: due, limit: limit, since: entry.at)
            case .holdEnded(.tooManyStops): memory.guardFreeze = nil
            case .restarted(let id) where isRecent: memory.restarts[id, default: []].append(entry.at)
            default: break
            }
        }
        for run in usage(asked: generation).runs {
            if case .lastSeen(let seen) = run.end { memory.openRuns[run.notebook] = seen }
        }
        return memory
    }

    private static func recall(_ act: RecordedAct, at: Timestamp, into memory: inout LedgerMemory) {
        switch act {
        case .kept(let notebook, let grant): memory.grants[notebook.id] = grant
        case .released(let notebook, _): memory.grants[notebook.id] = memory.grants[notebook.id]?.withdrawn(at: at)
        case .frozen(let freeze): memory.freeze = freeze
        case .thawed: memory.freeze = nil
        case .approved, .reloaded: break
        }
    }

    /// All runs and warnings about budgets, as the ledger in SQLite tells them to the daemon of that generation.
    func usage(asked generation: Int) -> UsageMemory {
        var lastAlive: [Int: Timestamp] = [:]
        for (index, entry) in entries.enumerated() { lastAlive[generations[index]] = entry.at }
        var memory = UsageMemory()
        var open: [NotebookID: (run: UsageRun, generation: Int)] = [:]
        func close(_ id: NotebookID, at: Timestamp, by generation: Int) {
            guard let (found, owner) = open.removeValue(forKey: id) else { return }
            var run = found
            let end = owner == generation ? at : min(at, lastAlive[owner] ?? at)
            run.end = .ended(max(run.began, end))
            memory.runs.append(run)
        }
        for (index, entry) in entries.enumerated() {
            switch entry.event {
            case .runBegan(let notebook, let isStart):
                if !isStart, open[notebook.id] != nil {
                    open[notebook.id]?.generation = generations[index]
                    continue
                }
                close(notebook.id, at: entry.at, by: generations[index])
                let traits = RunTraits(notebook)
                let run = UsageRun(notebook: notebook.id, traits: traits, began: entry.at, end: .ongoing)
                open[notebook.id] = (run, generations[index])
            case .runEnded(let id): close(id, at: entry.at, by: generations[index])
            case .budgetWarned(let account, _):
                let warning = BudgetWarning(budget: "\(account.budget)", group: account.group, at: entry.at)
                memory.warnings.append(warning)
            default: break
            }
        }
        for (run, owner) in open.values.sorted(by: { $0.run.notebook.text < $1.run.notebook.text }) {
            var run = run
            if owner != generation { run.end = .lastSeen(lastAlive[owner] ?? run.began) }
            memory.runs.append(run)
        }
        return memory
    }

    /// The intents of daemons before this one that have neither an outcome nor a resolution.
    func openIntents(before generation: Int) -> [OpenIntent] {
        var open: [Int64: OpenIntent] = [:]
        var numbers: [Int: Int64] = [:]
        for (index, entry) in entries.enumerated() {
            let key = generations[index] * 1_000_000
            switch entry.event {
            case .intent(let number, let notebook, let decision) where generations[index] < generation:
                let action: OpenIntent.Action =
                    if case .prolong(let duration, let kind) = decision.action { .prolong(duration, kind) } else {
                        .stop
                    }
                let id = Int64(index)
                numbers[key + number] = id
                open[id] = OpenIntent(
                    id: id,
                    notebook: notebook.id,
                    name: notebook.name,
                    action: action,
                    decidedAt: entry.at
                )
            case .outcome(let number, _, _, _): numbers[key + number].map { open[$0] = nil }
            case .resolved(let intent, _): open[intent.id] = nil
            default: break
            }
        }
        return open.values.sorted { $0.id < $1.id }
    }
}

extension LedgerEntry {
    /// Whether it is written later, when it cannot be written now.
    fileprivate var isKeptForLater: Bool {
        switch event {
        case .intent: false
        case .acted(_, .frozen), .acted(_, .reloaded): true
        case .acted: false
        default: true
        }
    }
}
