// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

@testable import CurfewEngine

/// Looks at every step of a simulation and holds the daemon to what it promises, against what is true in the cloud.
final class Promises {
    /// What a stop must be able to stand on.
    private struct Gathering {
        var begunAt: Timestamp
        var endedAt: Timestamp?
        var notebook: Notebook?
        var looks: [Observation] = []
        /// The notebook as it truly was when its evidence was looked at, and when that was.
        var truth: (notebook: SimulatedNotebook, at: Timestamp)?
    }

    private let seed: UInt64
    private let violated: (String) -> Void
    private var intended: Set<NotebookID> = []
    private var intents: [AttemptID: Timestamp] = [:]
    private var gatherings: [AttemptID: Gathering] = [:]
    private var lastRead: [NotebookID: Notebook] = [:]
    private var firstCompleteListing: Timestamp?
    private var stops: [(at: Timestamp, id: AttemptID)] = []
    private var turnsAtThisInstant = 0
    private var lastInstant = noon
    private var broken = 0
    /// Whether the loop turned again and again without time passing, so that there is no point in going on.
    private(set) var isSpinning = false
    private var disturbedAt: Timestamp = .distantPast
    /// What operators were told is kept, and which daemon told them.
    private var grants: [NotebookID: (until: Timestamp, grant: Grant, daemon: Int)] = [:]
    /// Notebooks that were ever granted anything.
    private(set) var everGranted: Set<NotebookID> = []
    /// Whether people may rely on it that nothing is stopped: they froze the stops, or the guard did.
    private var isFrozenByHand = false
    private var isFrozenByGuard = false
    /// Notebooks whose stop a person let go.
    private var approved: Set<NotebookID> = []
    /// Calls that went out while a grant held.
    private var callsUnderGrant: Set<AttemptID> = []

    /// Whether a notebook, as a reply showed it, must not be stopped.
    var isProtected: (Notebook) -> Bool = { ["kept", "exempt"].contains($0.name.prefix { $0 != "-" }) }
    /// Whether a notebook, as a reply showed it, is under a rule that may turn an IDLE lease into a TIMING one.
    var isKept: (Notebook) -> Bool = { $0.name.hasPrefix("kept") }
    /// How long a notebook may be idle before it is stopped; nil where the rule does not ask.
    var budget: (Notebook) -> Duration? = { _ in .hours(1) }
    /// Sources that may be silent; nil where any may.
    var optionalSources: (Notebook) -> Set<EvidenceName>? = { _ in [] }
    /// How many sources must speak.
    var quorum: (Notebook) -> Int = { _ in 1 }
    /// Whether the lease of a kept notebook may run out, because the cloud could not be reached.
    var leasesMayRunOut = false

    init(seed: UInt64, violated: @escaping (String) -> Void) {
        self.seed = seed
        self.violated = violated
    }

    private func expect(_ isKept: Bool, _ promise: String, _ fleet: SimulatedFleet) {
        guard !isKept else { return }
        broken += 1
        // A promise that is broken at every step need not be told at every step.
        if broken <= 5 { violated("seed \(seed), \(fleet.now): \(promise)") }
    }

    // MARK: - What happened

    func reported(_ report: EngineReport, _ fleet: SimulatedFleet) {
        switch report {
        case .intended(_, let notebook): intended.insert(notebook.id)
        case .granted(let notebook, let grant):
            everGranted.insert(notebook.id)
            let longest = (fleet.state.policy.marks ?? MarkSettings()).longest
            grants[notebook.id] = (grant.holdsUntil(longest: longest), grant, fleet.generation)
        case .grantWithdrawn(let notebook, _): grants[notebook.id] = nil
        case .frozenByHand: (isFrozenByHand, approved) = (true, [])
        case .thawed: isFrozenByHand = false
        case .approved(let notebooks, _): approved.formUnion(notebooks.map(\.id))
        case .holdBegan(.tooManyStops): isFrozenByGuard = true
        case .holdEnded(.tooManyStops): isFrozenByGuard = false
        case .ended(_, let notebook, .confirmed): approved.remove(notebook.id)
        default: break
        }
    }

    /// Whether an operator may rely on a grant now: the daemon that took it lives, or it stands in the ledger.
    private func isGranted(_ id: NotebookID, _ fleet: SimulatedFleet) -> Bool {
        guard let (until, grant, daemon) = grants[id], fleet.clock < until else { return false }
        return daemon == fleet.generation
            || fleet.ledger.contains { entry in
                if case .acted(_, .kept(let notebook, grant)) = entry.event { notebook.id == id } else { false }
            }
    }

    func intentKept(_ id: AttemptID, _ fleet: SimulatedFleet) { intents[id] = fleet.now }

    func listedCompletely(begun: Timestamp, _ fleet: SimulatedFleet) {
        if begun >= disturbedAt { firstCompleteListing = firstCompleteListing ?? fleet.now }
    }

    /// Time did not pass as it should: what was seen before is no ground to stop anything.
    func disturbed(_ fleet: SimulatedFleet) {
        disturbedAt = fleet.now
        firstCompleteListing = nil
    }

    /// Another daemon begins, which knows what the ledger knows and nothing else.
    func restarted(_ fleet: SimulatedFleet) {
        let memory = fleet.book.recall(before: fleet.generation, now: fleet.clock)
        (isFrozenByHand, isFrozenByGuard, approved) = (memory.freeze != nil, memory.guardFreeze != nil, [])
        (intended, intents, gatherings, lastRead) = ([], [:], [:], [:])
        firstCompleteListing = nil
    }

    func gatherBegan(_ id: AttemptID, _ fleet: SimulatedFleet) { gatherings[id] = Gathering(begunAt: fleet.now) }

    func gathered(
        _ id: AttemptID,
        _ notebook: Notebook,
        _ looks: [Observation],
        _ truth: (SimulatedNotebook, Timestamp)?,
        _ fleet: SimulatedFleet
    ) {
        gatherings[id]?.endedAt = fleet.now
        gatherings[id]?.notebook = notebook
        gatherings[id]?.looks = looks
        gatherings[id]?.truth = truth
        lastRead[notebook.id] = notebook
    }

    func turnEnded(_ fleet: SimulatedFleet) {
        turnsAtThisInstant = fleet.now == lastInstant ? turnsAtThisInstant + 1 : 1
        lastInstant = fleet.now
        if turnsAtThisInstant == 1_000 {
            isSpinning = true
            expect(false, "the loop spins", fleet)
        }
        expect(fleet.state.nextWake(now: fleet.clock) > fleet.clock, "the loop wants a tick at once", fleet)
    }

    /// Looks at the notebooks themselves; for the end of a run, because it takes long.
    func checkLeases(_ fleet: SimulatedFleet) {
        guard !leasesMayRunOut else { return }
        for notebook in fleet.all where isProtected(notebook.reading) && notebook.name.hasPrefix("kept") {
            expect(notebook.ranOutAt == nil, "I5: the lease of \(notebook.name) ran out", fleet)
        }
    }

    // MARK: - Calls

    func called(_ id: AttemptID, _ order: ActionAttempt.Order, _ fleet: SimulatedFleet) {
        expect(fleet.state.policy.mode == .enforce, "I7: a call in observe mode", fleet)
        expect(intended.contains(id.notebook), "I14: a call that was not announced", fleet)
        // A renewal goes out without, where the ledger fails: a lease that runs out ends somebody's work.
        expect(!order.isStop || intents[id] != nil, "I14: a stop without an intent in the ledger", fleet)
        guard let gathering = gatherings[id], let notebook = gathering.notebook, gathering.endedAt == fleet.now else {
            return expect(false, "I2: a call without facts gathered for it", fleet)
        }
        expect(notebook.status.isRunning, "a call about a notebook that does not run", fleet)
        expect(!notebook.name.hasPrefix("exempt"), "an exempt notebook is touched", fleet)
        if isGranted(id.notebook, fleet) {
            callsUnderGrant.insert(id)
            expect(!order.isStop, "I1: \(notebook.name) is granted keep-alive and is stopped", fleet)
        }
        if case .stop = order { stopped(id, notebook, gathering, fleet) }
    }

    private func stopped(_ id: AttemptID, _ notebook: Notebook, _ gathering: Gathering, _ fleet: SimulatedFleet) {
        expect(!isProtected(notebook), "I1: \(notebook.name) is protected and is stopped", fleet)
        if let begun = intents[id] { expect(gathering.begunAt >= begun, "I2: facts from before the decision", fleet) }
        if let ended = gathering.endedAt { expect(ended >= disturbedAt, "D21: facts from before a disturbance", fleet) }
        if let budget = budget(notebook) {
            expect(!gathering.looks.isEmpty, "I2: a stop without evidence", fleet)
            var speaking = 0
            for look in gathering.looks {
                if case .idle = look.activity {
                    speaking += 1
                    continue
                }
                let maySay = look.activity != .active && optionalSources(notebook)?.contains(look.source) ?? true
                expect(maySay, "I2, D1: stopped though \(look.source) said \(look.activity)", fleet)
            }
            expect(speaking >= quorum(notebook), "I2: stopped on the word of \(speaking) sources", fleet)
            if let (truth, known) = gathering.truth {
                let spent = truth.lastUse(until: known) + budget
                expect(fleet.clock >= spent, "I3: stopped \(spent - fleet.clock) before the budget was spent", fleet)
                expect(truth.runStartedAt <= fleet.now - budget, "I3, D19: stopped too soon after its start", fleet)
            }
        }
        let guards = fleet.state.policy.guards
        let warm = firstCompleteListing.map { fleet.now >= $0 + guards.coldStart } ?? false
        expect(warm, "I13: a stop during the cold start", fleet)
        let holds = fleet.state.holds(for: notebook.id)
        expect(holds.isEmpty, "a stop while \(holds) stand", fleet)
        expect(!isFrozenByHand, "a stop while a person holds them all", fleet)
        let isApproved = approved.contains(notebook.id)
        expect(!isFrozenByGuard || isApproved, "I6: a stop that the guard holds and nobody approved", fleet)
        if !isApproved { stops.append((fleet.now, id)) }
        // A notebook that is tried again counts once.
        let window = Set(stops.filter { fleet.now - $0.at <= guards.stops.within }.map(\.id.notebook))
        let running = fleet.all.count { $0.status.isRunning }
        // The share is of what the last complete listing showed.
        let known = max(running + window.count, fleet.state.fleet.running)
        let limit = max(guards.stops.count, Int(Double(known) * guards.stops.percent / 100))
        expect(window.count <= limit, "I6: \(window.count) notebooks stopped within the window", fleet)
    }

    /// For the end of a run: each intent of daemons that are no more has an end, or waits for one knowingly.
    func checkIntents(_ fleet: SimulatedFleet) {
        let forgotten = fleet.book.openIntents(before: fleet.generation).filter { intent in
            fleet.state.past.openIntents[intent.notebook] == nil
        }
        expect(
            forgotten.isEmpty || fleet.isDown,
            "I8: forgotten: \(forgotten.map { "\($0.name) \($0.action) of \($0.decidedAt)" })",
            fleet
        )
    }

    func carriedOut(
        _ id: AttemptID,
        _ order: ActionAttempt.Order,
        _ notebook: SimulatedNotebook,
        _ fleet: SimulatedFleet
    ) {
        guard case .renew(let renewal) = order, let lease = notebook.lease, let expiry = lease.expiry else { return }
        // Nobody can know of a start that comes between the last reading and the request's arrival.
        guard let gathering = gatherings[id], notebook.runStartedAt < gathering.begunAt, notebook.name != "nobody"
        else { return }
        expect(fleet.now + renewal.duration >= expiry, "I5: the lease of \(notebook.name) was shortened", fleet)
        let mayTurn = lastRead[notebook.id].map(isKept) ?? false || callsUnderGrant.contains(id)
        let isTurned = lease.kind == .idle && renewal.kind == .timing && mayTurn
        expect(lease.kind == renewal.kind || isTurned, "I5: the lease of \(notebook.name) changed its type", fleet)
    }
}

extension ActionAttempt.Order {
    var isStop: Bool {
        if case .stop = self { true } else { false }
    }
}
