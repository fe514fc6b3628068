// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

/// What an engine could record on random days: notebooks that run and end, marks that come and go, actions.
struct RandomDays {
    private(set) var now = noon
    private var random: SeededGenerator
    private var running: Set<String> = []
    private var marks: [String: MarkSighting] = [:]
    private var open: [Int: String] = [:]
    private var number = 0
    private var isBlind = false

    private static let notebooks = ["a", "b", "c", "d"]

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// The entries of one daemon, as its writer would send them.
    mutating func batches(resolving intents: [OpenIntent]) -> [[LedgerEntry]] {
        number = 0
        open = [:]
        isBlind = false
        var batches = [intents.map { LedgerEntry(at: now, .resolved($0, .happened)) }]
        batches.append(running.sorted().map { Entry.began($0, isStart: false, at: now) })
        for _ in 0..<random.integer(5...12) {
            batches.append((0..<random.integer(1...6)).flatMap { _ in entries() })
        }
        return batches
    }

    /// No daemon lives for a while.
    mutating func sleep() {
        now = now + .minutes(random.integer(1...600))
    }

    private mutating func entries() -> [LedgerEntry] {
        now = now + .seconds(random.integer(1...600))
        let id = random.pick(Self.notebooks) ?? "a"
        switch random.integer(0...9) {
        case 0: return run(id)
        case 1: return running.contains(id) ? [Entry.ended(id, at: now), Entry.began(id, isStart: true, at: now)] : []
        case 2: return mark(id)
        case 3:
            number += 1
            open[number] = id
            return [random.chance(50) ? Entry.stop(number, id, at: now) : Entry.prolong(number, id, at: now)]
        case 4:
            guard let (number, id) = open.min(by: { $0.key < $1.key }) else { return [] }
            open[number] = nil
            return [Entry.outcome(number, id, random.chance(50) ? .confirmed : .abandoned("no answer"), at: now)]
        case 5: return [LedgerEntry(at: now, .restarted(NotebookID(id)))]
        case 6:
            isBlind.toggle()
            let hold = Hold.blind(unknown: 3, of: 4)
            return [LedgerEntry(at: now, isBlind ? .holdBegan(hold) : .holdEnded(hold))]
        case 7: return [look(id)]
        case 8:
            var notebook = Entry.notebook(id)
            notebook.flavor = random.pick(["cpu", "gpu"])
            let isGone = random.chance(20)
            return [LedgerEntry(at: now, isGone ? .vanished(notebook.id) : .seen(notebook))]
        default: return [Entry.listed(now)]
        }
    }

    private mutating func run(_ id: String) -> [LedgerEntry] {
        if running.remove(id) != nil { return [Entry.ended(id, at: now)] }
        running.insert(id)
        return [Entry.began(id, isStart: random.chance(50), at: now)]
    }

    private mutating func look(_ id: String) -> LedgerEntry {
        let activities: [Activity] = [.active, .idle(since: noon), .idle(since: now), .unknown(.noAccess)]
        let look = Observation(
            source: EvidenceName("jupyter"),
            activity: random.pick(activities) ?? .active,
            observedAt: now
        )
        return LedgerEntry(at: now, .observed(NotebookID(id), [look]))
    }

    private mutating func mark(_ id: String) -> [LedgerEntry] {
        if marks[id] != nil, random.chance(50) {
            marks[id] = nil
            return [Entry.lifted(id, at: now)]
        }
        let text = random.chance(50) ? "true" : "2026-12-24"
        marks[id] = MarkSighting(text: text, firstSeenAt: now)
        return [Entry.marked(id, text, firstSeen: now, at: now)]
    }
}
