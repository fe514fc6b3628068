// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// Starts the work that effects stand for, within bounds, and orders the next tick.
struct EngineShell {
    private var work: EngineWork
    private let writer: LedgerWriter
    private let desk: ActDesk
    private var alarm = Alarm()
    private var looks: Lane<(Notebook, EvidenceQuestion)>
    /// Looks that wait for a source of the whole fleet: while it hangs, all the others go on (I10).
    private var sharedLooks: Lane<(Notebook, EvidenceQuestion)>
    /// The notebooks in that lane.
    private var sharing: Set<NotebookID> = []
    private var actions: Lane<Step>

    /// The reading steps of an action.
    private enum Step {
        case gather(AttemptID, EvidenceQuestion)
        case confirm(AttemptID, ActionAttempt.Order)
    }

    init(
        work: EngineWork,
        writer: LedgerWriter,
        desk: ActDesk,
        looks: Int,
        actions: Int
    ) {
        self.work = work
        self.writer = writer
        self.desk = desk
        self.looks = Lane(limit: looks)
        sharedLooks = Lane(limit: looks)
        self.actions = Lane(limit: actions)
    }

    /// Makes the probes of a new policy.
    mutating func use(_ policy: Policy) {
        work = EngineWork(ports: work.ports, probes: work.ports.probes(policy), send: work.send)
    }

    /// Lets waiting work begin in the place of what the trigger says has ended, be it a tick or a piece of work.
    mutating func ended(_ trigger: Trigger, now: Timestamp, in group: inout DiscardingTaskGroup) {
        if case .tick = trigger { alarm.turned(now, isTick: true) } else { alarm.turned(now, isTick: false) }
        switch trigger {
        case .looked(let id, _):
            let next = sharing.remove(id) == nil ? looks.leave() : sharedLooks.leave()
            if let (notebook, question) = next { start(look: notebook, question, in: &group) }
        case .gathered, .confirmation:
            if let step = actions.leave() { start(step, in: &group) }
        default: break
        }
    }

    mutating func run(_ effect: EngineEffect, in group: inout DiscardingTaskGroup) {
        switch effect {
        case .report(let report): work.ports.report(report)
        case .list(let sweep): group.addTask { [work] in await work.list(sweep: sweep) }
        case .record(let entry, let id): writer.add(LedgerWriter.Record(entry: entry, attempt: id))
        case .recordAct(let entry, let number): writer.add(LedgerWriter.Record(entry: entry, act: number))
        case .answer(let number, let answer): desk.answer(number, answer)
        case .recallUsage(let number, let since): writer.recallUsage(number: number, since: since)
        case .look(let notebook, let question):
            enter((notebook, question), in: &group)
        case .survey(let question): group.addTask { [work] in await work.survey(question) }
        case .gather(let id, let question): enter(.gather(id, question), in: &group)
        // Waiting would make the facts old that the order rests on; and there are no more calls than gatherings.
        case .call(let id, let order): group.addTask { [work] in await work.call(id, order) }
        case .confirm(let id, let order): enter(.confirm(id, order), in: &group)
        }
    }

    /// Sees to it that a tick comes at `instant`.
    mutating func wake(at instant: Timestamp, in group: inout DiscardingTaskGroup) {
        guard alarm.mustOrder(instant) else { return }
        group.addTask { [work] in
            // The only error is cancellation, and then nobody waits for the tick any more.
            try? await work.ports.time.sleep(until: instant)
            work.send(.tick)
        }
    }

    private mutating func enter(_ look: (Notebook, EvidenceQuestion), in group: inout DiscardingTaskGroup) {
        let isShared = work.isShared(look.1)
        if isShared { sharing.insert(look.0.id) }
        let next = isShared ? sharedLooks.enter(look) : looks.enter(look)
        if let (notebook, question) = next { start(look: notebook, question, in: &group) }
    }

    private mutating func enter(_ step: Step, in group: inout DiscardingTaskGroup) {
        if let step = actions.enter(step) { start(step, in: &group) }
    }

    private func start(look notebook: Notebook, _ question: EvidenceQuestion, in group: inout DiscardingTaskGroup) {
        group.addTask { [work] in await work.look(notebook, question) }
    }

    private func start(_ step: Step, in group: inout DiscardingTaskGroup) {
        group.addTask { [work] in
            switch step {
            case .gather(let id, let question): await work.gather(id, question)
            case .confirm(let id, let order): await work.confirm(id, order)
            }
        }
    }
}
