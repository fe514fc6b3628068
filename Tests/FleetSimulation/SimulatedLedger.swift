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

    /// Writes an entry, and with it those that wait, as `LedgerWriter` does; intents do not wait.
    mutating func write(_ entry: LedgerEntry, fails: Bool, generation: Int) {
        if waitingFor != generation { (waiting, waitingFor) = ([], generation) }
        if fails {
            if case .intent = entry.event { return }
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
            case .granted(let id, let grant): memory.grants[id] = grant
            case .grantWithdrawn(let id, _): memory.grants[id] = memory.grants[id]?.withdrawn(at: entry.at)
            case .restarted(let id) where isRecent: memory.restarts[id, default: []].append(entry.at)
            case .runBegan(let notebook, _): memory.openRuns.insert(notebook.id)
            case .runEnded(let id): memory.openRuns.remove(id)
            default: break
            }
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
            case .outcome(let number, _, _): numbers[key + number].map { open[$0] = nil }
            case .resolved(let intent, _): open[intent.id] = nil
            default: break
            }
        }
        return open.values.sorted { $0.id < $1.id }
    }
}
