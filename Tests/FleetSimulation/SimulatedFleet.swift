// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

@testable import CurfewEngine

/// Drives an `EngineState` against a model cloud in virtual time: no tasks, no clock, and the same run for the same seed.
///
/// It stands where the engine and its shell stand: it hands triggers in, carries the effects out, each at its time and
/// with its faults, and gives a tick whenever the state wants one. `Promises` looks at every step.
final class SimulatedFleet {
    /// The true time.
    private(set) var now = noon
    /// How far the daemon's clock is ahead of the true time.
    private(set) var skew: Duration = .zero
    /// How long the daemon's machine has slept.
    private(set) var asleep: Duration = .zero
    private(set) var state: EngineState
    /// Which daemon this is; each restart makes another one.
    private(set) var generation = 0
    private(set) var isDown = false
    var faults = SimulatedFaults()
    let promises: Promises
    private var notebooks: [NotebookID: SimulatedNotebook] = [:]
    private var order: [NotebookID] = []
    private var lastListed: [NotebookID: (notebook: Notebook, skew: Duration)] = [:]

    private(set) var reports: [(at: Timestamp, report: EngineReport)] = []
    private(set) var book = SimulatedLedger()
    private(set) var calls: [(at: Timestamp, id: AttemptID, order: ActionAttempt.Order)] = []
    private(set) var looks: [(at: Timestamp, notebook: NotebookID)] = []
    /// What people were answered, with the number of their act.
    private(set) var answers: [(at: Timestamp, number: Int, answer: Result<ActOutcome, ActRefusal>)] = []
    private var acts = 0
    private(set) var listings = 0
    private(set) var surveys: [Timestamp] = []
    private(set) var gathers: [(at: Timestamp, notebook: NotebookID)] = []
    private(set) var turns = 0

    private struct Event {
        let at: Timestamp
        let number: Int
        let act: (SimulatedFleet) -> Void
    }
    private let settings: EngineSettings
    private let seed: UInt64
    /// The policy as its file has it.
    private var policy: Policy
    private var watch = ClockWatch()
    /// When the daemon's next tick comes, by the true time.
    private var alarm: Timestamp = .far
    private var agenda: [Event] = []
    private var nextNumber = 0
    private var hasBegun = false

    private static let pageSize = 5

    init(
        _ policy: Policy,
        _ notebooks: [SimulatedNotebook],
        seed: UInt64,
        settings: EngineSettings,
        violated: @escaping (String) -> Void
    ) {
        (self.policy, self.settings, self.seed) = (policy, settings, seed)
        state = EngineState(policy: policy, settings: settings, seed: seed, now: noon)
        promises = Promises(seed: seed, violated: violated)
        for notebook in notebooks { add(notebook) }
    }

    // MARK: - The world

    /// The daemon's clock.
    var clock: Timestamp { now + skew }

    func add(_ notebook: SimulatedNotebook) {
        notebooks[notebook.id] = notebook
        order.append(notebook.id)
    }

    /// Deletes it from the cloud.
    func remove(_ id: NotebookID) {
        notebooks[id] = nil
        order.removeAll { $0 == id }
    }

    /// The notebook as it truly is now; a stand-in that nobody finds, if there is none.
    func truth(_ id: NotebookID) -> SimulatedNotebook {
        guard var notebook = notebooks[id] else { return SimulatedNotebook("nobody") }
        notebook.settle(at: now)
        return notebook
    }

    func truth(_ name: String) -> SimulatedNotebook { truth(NotebookID("id-\(name)")) }

    var all: [SimulatedNotebook] { order.map(truth) }

    func change(_ id: NotebookID, _ change: (inout SimulatedNotebook) -> Void) {
        guard notebooks[id] != nil else { return }
        var notebook = truth(id)
        change(&notebook)
        notebooks[id] = notebook
    }

    func change(_ name: String, _ body: (inout SimulatedNotebook) -> Void) { change(NotebookID("id-\(name)"), body) }

    /// Sets the daemon's clock by so much.
    ///
    /// A wait lasts as long as it was to last when it began; a step forward is noticed within a minute.
    func setClock(by step: Duration) {
        skew += step
        if step > .zero { alarm = min(alarm, max(now, alarm - step) + .seconds(60)) }
    }

    /// Lets the daemon's machine sleep: time passes, and nothing is heard of until it wakes.
    func suspend(for span: Duration) {
        now = now + span
        asleep += span
    }

    /// Kills the daemon where it stands; what is on its way to the cloud still arrives, what comes back is lost.
    func crash(for downtime: Duration) {
        guard !isDown else { return }
        isDown = true
        generation += 1
        after(downtime) { $0.restart() }
    }

    private func restart() {
        isDown = false
        watch = ClockWatch()
        let memory = book.recall(before: generation, now: clock)
        let seed = seed &+ UInt64(generation)
        state = EngineState(policy: policy, settings: settings, memory: memory, seed: seed, now: clock)
        promises.restarted(self)
        deliver(.tick)
    }

    /// What the ledger kept.
    var ledger: [LedgerEntry] { book.entries }

    /// What the ledger kept of actions.
    var actions: [LedgerEntry] { ledger.filter { $0.action != nil } }

    // MARK: - Time

    /// Does something at a later moment of the true time.
    func at(_ instant: Timestamp, _ act: @escaping (SimulatedFleet) -> Void) {
        nextNumber += 1
        let event = Event(at: max(instant, now), number: nextNumber, act: act)
        let index = agenda.partitioningIndex { ($0.at, $0.number) > (event.at, event.number) }
        agenda.insert(event, at: index)
    }

    func after(_ span: Duration, _ act: @escaping (SimulatedFleet) -> Void) { at(now + span, act) }

    func run(for span: Duration) { run(until: now + span) }

    func run(until end: Timestamp) {
        if !hasBegun {
            hasBegun = true
            deliver(.tick)
        }
        while !state.mayEnd, !promises.isSpinning {
            let wake = isDown ? .far : alarm
            let first = agenda.first
            let next = max(now, min(first?.at ?? .far, wake))
            guard next <= end else { break }
            now = next
            if let first, first.at <= next {
                agenda.removeFirst()
                first.act(self)
            } else {
                deliver(.tick)
            }
        }
        now = max(now, end)
    }

    /// Lets a person do something now; gives the act's number.
    @discardableResult
    func act(_ kind: OperatorAct.Kind, by person: String = "root") -> Int {
        acts += 1
        deliver(.act(OperatorAct(kind, by: person), acts))
        return acts
    }

    /// Hands a trigger in, as the loop does.
    func deliver(_ trigger: Trigger) {
        if let next = trigger.policy { policy = next }
        guard !isDown else { return }
        turns += 1
        if let disturbance = watch.note(wall: clock, elapsed: elapsed) {
            promises.disturbed(self)
            run(state.handle(.disturbed(disturbance), now: clock))
        }
        guard !isDown else { return }
        run(state.handle(trigger, now: clock))
        guard !isDown else { return }
        promises.turnEnded(self)
        alarm = now + (state.nextWake(now: clock) - clock)
    }

    /// Hands in what the daemon of that generation has been waiting for, unless that one is no more.
    private func answer(_ trigger: Trigger, to generation: Int) {
        if generation == self.generation { deliver(trigger) }
    }

    private var elapsed: ElapsedTime { ElapsedTime(sinceBoot: now - noon, awake: now - noon - asleep) }

    private func run(_ effects: [EngineEffect]) {
        for effect in effects {
            if let downtime = faults.crash(effect) { return crash(for: downtime) }
            run(effect)
        }
    }

    // MARK: - Effects

    private func run(_ effect: EngineEffect) {
        switch effect {
        case .report(let report):
            reports.append((now, report))
            promises.reported(report, self)
        case .list(let sweep):
            listings += 1
            list(sweep, from: 0, begun: now)
        case .look(let notebook, let question):
            looks.append((now, notebook.id))
            look(notebook, question) { [generation] fleet, observations, _, _ in
                fleet.answer(.looked(notebook.id, observations), to: generation)
            }
        case .survey(let question): survey(question)
        case .record(let entry, let id): record(entry, id)
        case .recordAct(let entry, let number): record(entry, act: number)
        case .answer(let number, let answer): answers.append((now, number, answer))
        case .recallUsage(let number, _): recallUsage(number)
        case .gather(let id, let question):
            gathers.append((now, id.notebook))
            gather(id, question)
        case .call(let id, let order): call(id, order)
        case .confirm(let id, let order): confirm(id, order)
        }
    }

    private func list(_ sweep: Int, from offset: Int, begun: Timestamp) {
        let generation = generation
        let failsNow = faults.pagesBeforeListingFails(now).map { offset >= $0 * Self.pageSize } ?? false
        let ids = order.dropFirst(offset).prefix(Self.pageSize)
        after(faults.pageTime / 2) { fleet in
            let page = ids.compactMap { fleet.listed($0) }
            fleet.after(fleet.faults.pageTime / 2) { fleet in
                guard generation == fleet.generation else { return }
                if failsNow { return fleet.deliver(.listed(sweep: sweep, failure: Sample.failure())) }
                fleet.deliver(.page(page, sweep: sweep, readAt: fleet.clock))
                guard generation == fleet.generation else { return }
                if offset + Self.pageSize < fleet.order.count {
                    fleet.list(sweep, from: offset + Self.pageSize, begun: begun)
                } else {
                    fleet.promises.listedCompletely(begun: begun, fleet)
                    fleet.deliver(.listed(sweep: sweep, failure: nil))
                }
            }
        }
    }

    /// The notebook as a listing shows it; nil when it does not.
    private func listed(_ id: NotebookID) -> Notebook? {
        guard notebooks[id] != nil, !faults.isPassedOver(id, now) else { return nil }
        if let before = lastListed[id], before.skew == skew, faults.isStale(id, now) { return before.notebook }
        let notebook = faults.garble(truth(id).reading(ahead: skew), now)
        lastListed[id] = (notebook, skew)
        return notebook
    }

    /// Looks at the sources; hands over what they say and how the notebook truly was when it was asked.
    private func look(
        _ notebook: Notebook,
        _ question: EvidenceQuestion,
        _ done: @escaping (SimulatedFleet, [Observation], _ truth: SimulatedNotebook, _ at: Timestamp) -> Void
    ) {
        let time = faults.lookTime(notebook.id)
        after(time / 2) { fleet in
            let (truth, asked, askedAt) = (fleet.truth(notebook.id), fleet.now, fleet.clock)
            let activities = question.sources.map { source in
                let fault = fleet.faults.look(notebook.id, source, fleet.now)
                return fault.map { Activity.unknown($0) }
                    ?? fleet.faults.lie(
                        truth.activity(asked: notebook, at: fleet.now).seen(ahead: fleet.skew, at: fleet.clock),
                        fleet.clock
                    )
            }
            fleet.after(time / 2) { fleet in
                let observations = zip(question.sources, activities).map { source, activity in
                    if let lag = fleet.lag(of: source) {
                        return SimulatedView.look(source, activity, over: question.budget + lag, lag: lag, at: askedAt)
                    }
                    return Observation(
                        source: source,
                        activity: activity,
                        observedAt: fleet.clock,
                        serverStartedAt: min(truth.runStartedAt + max(fleet.skew, .zero), fleet.clock)
                    )
                }
                done(fleet, observations, truth, asked)
            }
        }
    }

    /// How late the samples of a source that answers for the whole fleet may be; nil for any other source.
    private func lag(of source: EvidenceName) -> Duration? {
        guard case .prometheus(let settings)? = policy.evidence.first(where: { $0.name == source })?.kind else {
            return nil
        }
        return settings.lag
    }

    /// Answers for the whole fleet, as it is when the question arrives.
    private func survey(_ question: FleetQuestion) {
        surveys.append(now)
        let (generation, time) = (generation, faults.surveyTime(now))
        after(time / 2) { fleet in
            guard let lag = fleet.lag(of: question.source) else { return }
            let looks = Dictionary(
                uniqueKeysWithValues: fleet.all.map { truth in
                    let fault = fleet.faults.look(truth.id, question.source, fleet.now)
                    let activity = truth.activity(asked: truth.reading, at: fleet.now)
                        .seen(ahead: fleet.skew, at: fleet.clock)
                    return (truth.id, fault.map { Activity.unknown($0) } ?? activity)
                }
            )
            let views = question.budgets.map { budget -> (Duration, any FleetView) in
                let window = budget + lag
                let (source, at) = (question.source, fleet.clock)
                return (budget, SimulatedView(source: source, observedAt: at, window: window, lag: lag, looks: looks))
            }
            fleet.after(time / 2) { fleet in
                fleet.answer(
                    .surveyed(question.source, Dictionary(uniqueKeysWithValues: views)),
                    to: generation
                )
            }
        }
    }

    private func record(_ entry: LedgerEntry, _ id: AttemptID? = nil, act: Int? = nil) {
        let (fails, generation) = (faults.ledgerFails(now), generation)
        after(faults.ledgerTime) { fleet in
            guard generation == fleet.generation else { return }
            fleet.book.write(entry, fails: fails, generation: generation)
            if let id {
                if !fails { fleet.promises.intentKept(id, fleet) }
                fleet.deliver(.intentRecorded(id, failure: fails ? "disk full" : nil))
            }
            if let act { fleet.deliver(.actRecorded(act, failure: fails ? "disk full" : nil)) }
            guard generation == fleet.generation else { return }
            if fails || fleet.book.wasFailing {
                fleet.answer(.ledgerWritten(failure: fails ? "disk full" : nil), to: generation)
            }
            fleet.book.wasFailing = fails
        }
    }

    private func recallUsage(_ number: Int) {
        let (fails, generation) = (faults.ledgerFails(now), generation)
        after(faults.ledgerTime) { fleet in
            let memory = fleet.book.usage(asked: generation)
            let failure = UsageUnreadable(text: "disk full")
            fleet.answer(.usageRecalled(number: number, fails ? .failure(failure) : .success(memory)), to: generation)
        }
    }

    private func read(_ id: NotebookID, _ done: @escaping (SimulatedFleet, Result<Notebook, ServiceFailure>) -> Void) {
        let time = faults.readTime(id)
        after(time / 2) { fleet in
            let kind = fleet.notebooks[id] == nil ? .gone : fleet.faults.read(id, fleet.now)
            let truth = fleet.truth(id)
            fleet.after(time / 2) { fleet in
                let notebook = fleet.faults.garble(truth.reading(ahead: fleet.skew), fleet.now)
                done(fleet, kind.map { .failure(Sample.failure($0)) } ?? .success(notebook))
            }
        }
    }

    private func gather(_ id: AttemptID, _ question: EvidenceQuestion) {
        let (began, generation) = (clock, generation)
        promises.gatherBegan(id, self)
        read(id.notebook) { fleet, result in
            guard generation == fleet.generation else { return }
            switch result {
            case .failure(let failure): fleet.deliver(.gathered(id, .failure(failure)))
            case .success(let notebook):
                guard notebook.status.isRunning, !question.sources.isEmpty else {
                    fleet.promises.gathered(id, notebook, [], nil, fleet)
                    return fleet.deliver(.gathered(id, .success(FreshFacts(notebook: notebook, readAt: began))))
                }
                fleet.look(notebook, question) { fleet, observations, truth, at in
                    guard generation == fleet.generation else { return }
                    fleet.promises.gathered(id, notebook, observations, (truth, at), fleet)
                    let facts = FreshFacts(notebook: notebook, readAt: began, observations: observations)
                    fleet.deliver(.gathered(id, .success(facts)))
                }
            }
        }
    }

    private func call(_ id: AttemptID, _ order: ActionAttempt.Order) {
        calls.append((now, id, order))
        promises.called(id, order, self)
        let time = faults.callTime(id.notebook)
        let (fault, generation) = (faults.call(id.notebook, now), generation)
        after(time / 2) { fleet in
            var failure: ServiceFailure.Kind? = fleet.notebooks[id.notebook] == nil ? .gone : nil
            switch fault {
            case .works: fleet.carryOut(order, id, of: generation)
            case .replyLost:
                fleet.carryOut(order, id, of: generation)
                failure = .outcomeUnknown
            case .requestLost: failure = .outcomeUnknown
            case .refused(let kind): failure = kind
            case .ignored: break
            }
            fleet.after(time / 2) { [failure] in
                $0.answer(.answered(id, failure: failure.map { Sample.failure($0) }), to: generation)
            }
        }
    }

    private func carryOut(_ order: ActionAttempt.Order, _ id: AttemptID, of generation: Int) {
        // What a killed daemon sent has been looked at when it went out.
        if generation == self.generation { promises.carriedOut(id, order, truth(id.notebook), self) }
        change(id.notebook) { notebook in
            switch order {
            case .stop: notebook.stop(at: now)
            case .renew(let renewal): notebook.renew(renewal.duration, renewal.kind, at: now)
            }
        }
    }

    private func confirm(_ id: AttemptID, _ order: ActionAttempt.Order) {
        let (began, generation) = (clock, generation)
        read(id.notebook) { fleet, result in
            fleet.answer(.confirmation(id, result.map { FreshFacts(notebook: $0, readAt: began) }), to: generation)
        }
    }
}

extension LedgerEntry {
    /// The number of the action that it belongs to.
    var action: Int? {
        switch event {
        case .intent(let number, _, _), .outcome(let number, _, _, _): number
        default: nil
        }
    }
}

extension Array {
    /// The first index whose element fulfils the condition, where all behind it do too.
    fileprivate func partitioningIndex(_ fulfils: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if fulfils(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
