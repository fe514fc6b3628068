// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine

/// The engine's state driven event by event in virtual time against a model of everything outside; no task, no clock.
///
/// The promises that hold at every step are checked at every step.
struct EngineRig {
    private(set) var state: EngineState
    private(set) var now: Timestamp
    var fleet = ModelFleet()
    private(set) var reports: [(at: Timestamp, report: EngineReport)] = []
    private(set) var ledger: [LedgerEntry] = []
    private(set) var looks: [(at: Timestamp, notebook: NotebookID)] = []
    private(set) var turns = 0
    private(set) var expired: [NotebookID] = []
    private var pending: [(at: Timestamp, order: Int, trigger: Pending)] = []
    private var counter = 0
    /// When the facts of each attempt's latest gathering were gathered, by what was seen then.
    private var gathered: [AttemptID: (since: Timestamp, wasBusy: Bool, last: Timestamp?)] = [:]

    static let start = Timestamp(milliseconds: 1_772_438_400_000)

    private enum Pending {
        case trigger(Trigger)
        case list(sweep: Int)
        case look(Notebook, [EvidenceName])
        case gather(AttemptID, [EvidenceName], since: Timestamp)
        case call(AttemptID, ActionAttempt.Order)
        case confirm(AttemptID)
        case change((inout ModelFleet, Timestamp) -> Void)
    }

    init(_ policy: Policy, _ notebooks: [ModelNotebook] = [], seed: UInt64 = 1) {
        state = EngineState(policy: policy, seed: seed)
        now = Self.start
        for model in notebooks { fleet.notebooks[model.notebook.id] = model }
    }

    /// Changes the world at a later instant.
    mutating func at(_ instant: Timestamp, _ change: @escaping (inout ModelFleet, Timestamp) -> Void) {
        enqueue(.change(change), at: instant)
    }

    /// Gives the engine a trigger now.
    mutating func send(_ trigger: Trigger) {
        handle(trigger)
    }

    /// Lets time pass until `end`, event by event.
    mutating func run(until end: Timestamp) {
        if turns == 0 { handle(.tick) }
        while true {
            let wake = max(state.nextWake(now: now), now + .milliseconds(1))
            let next = pending.map(\.at).min() ?? wake
            let instant = min(next, wake)
            guard instant <= end else { break }
            now = max(now, instant)
            expired += fleet.expireLeases(now: now)
            if let index = dueIndex() {
                perform(pending.remove(at: index).trigger)
            } else {
                handle(.tick)
            }
        }
        now = end
    }

    private func dueIndex() -> Int? {
        pending.indices.filter { pending[$0].at <= now }.min {
            (pending[$0].at, pending[$0].order) < (pending[$1].at, pending[$1].order)
        }
    }

    private mutating func enqueue(_ work: Pending, at instant: Timestamp) {
        counter += 1
        pending.append((instant, counter, work))
    }

    private mutating func perform(_ work: Pending) {
        switch work {
        case .trigger(let trigger): handle(trigger)
        case .change(let change): change(&fleet, now)
        case .list(let sweep): list(sweep)
        case .look(let notebook, let sources):
            let observations = sources.map { fleet.observation(notebook.id, $0, now: now) }
            handle(.looked(notebook.id, observations))
        case .gather(let id, let sources, let since):
            let model = fleet.notebooks[id.notebook]
            gathered[id] = (since, model?.isBusy ?? false, model?.lastActivity)
            let result = fleet.read(id.notebook).map { notebook in
                FreshFacts(
                    notebook: notebook,
                    readAt: since,
                    observations: notebook.status.isRunning
                        ? sources.map { fleet.observation(id.notebook, $0, now: now) } : []
                )
            }
            handle(.gathered(id, result))
        case .call(let id, let order):
            let failure = fleet.carryOut(order, now: now)
            enqueue(.trigger(.answered(id, failure: failure)), at: now + fleet.latency)
        case .confirm(let id):
            handle(.confirmation(id, fleet.read(id.notebook).map { FreshFacts(notebook: $0, readAt: now) }))
        }
    }

    private mutating func list(_ sweep: Int) {
        let all = fleet.notebooks.values.map(\.notebook).sorted { $0.id.text < $1.id.text }
        let failure = fleet.listingFailures.isEmpty ? nil : fleet.listingFailures.removeFirst()
        let page = failure == nil ? all : Array(all.prefix(all.count / 2))
        handle(.page(page, sweep: sweep, readAt: now))
        handle(.listed(sweep: sweep, failure: failure))
    }

    private mutating func handle(_ trigger: Trigger) {
        turns += 1
        for effect in state.handle(trigger, now: now) {
            switch effect {
            case .report(let report): reports.append((now, report))
            case .list(let sweep): enqueue(.list(sweep: sweep), at: now + fleet.latency)
            case .look(let notebook, let sources):
                looks.append((now, notebook.id))
                let latency = fleet.slowLooks[notebook.id] ?? fleet.latency
                enqueue(.look(notebook, sources), at: now + latency)
            case .record(let entry, let id):
                guard fleet.ledgerFailure == nil else {
                    if case .intent = entry.event {
                        enqueue(.trigger(.intentRecorded(id, failure: fleet.ledgerFailure)), at: now)
                    }
                    continue
                }
                ledger.append(entry)
                if case .intent = entry.event { enqueue(.trigger(.intentRecorded(id, failure: nil)), at: now) }
            case .gather(let id, let sources): enqueue(.gather(id, sources, since: now), at: now + fleet.latency)
            case .call(let id, let order):
                check(order, of: id)
                enqueue(.call(id, order), at: now)
            case .confirm(let id, _): enqueue(.confirm(id), at: now + fleet.latency)
            }
        }
    }

    /// What must hold whenever a request is about to go out.
    private func check(_ order: ActionAttempt.Order, of id: AttemptID) {
        #expect(state.policy.mode == .enforce, "I7: observe sends nothing")
        let hasIntent = ledger.contains { $0.action == id.number && $0.event.isIntent }
        #expect(hasIntent, "I14: an intent is in the ledger before anything is sent")
        let isReported = reports.contains { entry in
            if case .intended(_, let notebook) = entry.report { notebook.id == id.notebook } else { false }
        }
        #expect(isReported, "I14: the intent is told before anything is sent")
        guard case .stop = order, let rule = rule(of: id.notebook) else { return }
        switch rule.outcome {
        case .keepAlive, .exempt: Issue.record("I1: a kept or exempt notebook is stopped")
        case .stop: break
        case .idle(let terms):
            guard let facts = gathered[id] else {
                Issue.record("I2: a stop without fresh facts")
                return
            }
            #expect(!facts.wasBusy, "I2: the evidence gathered after the decision says busy")
            #expect(facts.last != nil, "I2: unknown never stops")
            if let last = facts.last { #expect(now >= last + terms.budget, "I3: the budget is not spent") }
        }
    }

    private func rule(of id: NotebookID) -> Rule? {
        guard let name = state.notebooks[id]?.decision.rule else { return nil }
        return state.policy.rules.first { $0.name == name }
    }
}

extension LedgerEntry.Event {
    var isIntent: Bool { if case .intent = self { true } else { false } }
}
