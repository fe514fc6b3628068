// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// Everything the daemon knows and is doing, changed by triggers alone.
///
/// A state machine without I/O and without a clock: `handle` takes what happened and returns what is to be done. The
/// engine owns the only instance and feeds it from one loop, so there is one writer and no lock.
package struct EngineState {
    package private(set) var policy: Policy
    var settings: EngineSettings
    var fleet = FleetWatch()
    var notebooks: [NotebookID: TrackedNotebook] = [:]
    var wakes = WakeQueue()
    var sweep = Sweep()
    /// Notebooks whose stop is due and not begun.
    var dueStops: Set<NotebookID> = []
    var stopsUnderWay: Set<NotebookID> = []
    var standingHolds: [Hold] = []
    /// Since when each of them holds, by code.
    var holdsSince: [String: Timestamp] = [:]
    /// Notebooks whose stop a person let go although the guard holds it, until it is sent or no longer due.
    var approved: Set<NotebookID> = []
    /// Acts that wait for the ledger, by number.
    var actsUnderWay: [Int: (act: OperatorAct, entry: RecordedAct)] = [:]
    let shelf = ViewShelf()
    let startedAt: Timestamp
    private(set) var policySince: Timestamp
    /// Why the last listing was not complete, if it was not.
    var listingFailure: ListingFailure?
    var random: SplitMix64
    var effects: [EngineEffect] = []
    var past: Past
    var release = StopRelease()
    /// Sources that were asked about the whole fleet and have not answered.
    var surveysUnderWay: Set<EvidenceName> = []
    /// Silences that were reported since the last sweep ended.
    var silenceTallies: [EvidenceName: SilenceTally] = [:]
    /// Who has used how much; nil where no rule asks for it.
    var usage: UsageWatch?
    private var hasBegun = false
    /// When a policy last changed how evidence is gathered.
    var evidenceChangedAt: Timestamp = .distantPast
    private var attempts = 0
    private var lastTurn: Timestamp?

    /// A wall clock that goes back by less is being disciplined; by more, it was set.
    private static let noticedStep: Duration = .seconds(1)
    package private(set) var isShuttingDown = false

    /// The listing that runs or ran last.
    struct Sweep {
        var number = 0
        var startedAt: Timestamp?
        var isRunning = false
        var listed = 0
        var running = 0
        /// Whether what it says may be from before time was disturbed.
        var isVoid = false
    }

    /// The state of a daemon that begins at `now`, with what the ledger remembers of earlier ones.
    package init(
        policy: Policy,
        settings: EngineSettings = EngineSettings(),
        memory: LedgerMemory = LedgerMemory(),
        seed: UInt64,
        now: Timestamp
    ) {
        self.policy = policy
        self.settings = settings
        (startedAt, policySince) = (now, now)
        past = Past(memory)
        random = SplitMix64(seed: seed)
        fleet.recall(memory, now: now)
        fleet.ledgerAnswered(failure: settings.ledgerTrouble)
    }

    /// Takes one trigger and returns what is to be done about it, in order.
    package mutating func handle(_ trigger: Trigger, now: Timestamp) -> [EngineEffect] {
        effects.removeAll(keepingCapacity: true)
        if let lastTurn, lastTurn - now >= Self.noticedStep { clockSetBack(to: now) }
        lastTurn = now
        if !hasBegun {
            hasBegun = true
            record(.policy(digest: policy.digest, policy.mode), now: now)
            useUsage(of: policy, now: now)
        }
        settleUsage(now: now)
        switch trigger {
        case .tick: break
        case .page(let page, let number, let readAt): take(page, sweep: number, readAt: readAt, now: now)
        case .listed(let number, let failure): sweepEnded(number, failure: failure, now: now)
        case .looked(let id, let observations): take(observations, of: id, now: now)
        case .surveyed(let source, let views): take(views, from: source, now: now)
        case .intentRecorded(let id, let failure): intentRecorded(id, failure: failure, now: now)
        case .ledgerWritten(let failure): ledgerAnswered(failure: failure, now: now)
        case .usageRecalled(let number, let result): usageRecalled(number, result, now: now)
        case .gathered(let id, let result): gathered(id, result, now: now)
        case .answered(let id, let failure): answered(id, failure: failure, now: now)
        case .confirmation(let id, let result): confirmationRead(id, result, now: now)
        case .disturbed(let what): disturbed(what, now: now)
        case .act(let act, let number): begin(act, number: number, now: now)
        case .actRecorded(let number, let failure): actRecorded(number, failure: failure, now: now)
        case .reload(let policy): replace(with: policy, by: nil, now: now)
        case .shutdown: shutDown(now: now)
        }
        if !isShuttingDown {
            wakeDue(now: now)
            settleUsage(now: now)
            beginSweepIfDue(now: now)
        }
        releaseDueStops(now: now)
        return effects
    }

    /// When the state must be given a tick at the latest.
    package func nextWake(now: Timestamp) -> Timestamp {
        // From a shutdown on only answers matter, and they come as triggers.
        guard !isShuttingDown else { return now + policy.service.pollEvery }
        var next = sweep.isRunning ? now + policy.service.pollEvery : nextSweepAt(now)
        if let wake = wakes.next { next = min(next, wake) }
        if let wake = usage?.nextWake { next = min(next, wake) }
        if !dueStops.isEmpty, let warm = fleet.coldStartEnd(policy), warm > now { next = min(next, warm) }
        if !releasableStops.isEmpty, let spread = release.next(now: now) { next = min(next, spread) }
        return max(next, now)
    }

    /// Whether nothing is under way that the daemon should wait for before it ends.
    package var mayEnd: Bool {
        isShuttingDown && actsUnderWay.isEmpty && !notebooks.values.contains { $0.attempt?.isCalling == true }
    }

    /// All notebooks, always in the same order, so that a simulated run can be repeated exactly.
    var inOrder: [TrackedNotebook] { notebooks.values.sorted { $0.id.text < $1.id.text } }

    mutating func nextAttemptNumber() -> Int {
        attempts += 1
        return attempts
    }

    /// Puts another policy into force; the person is the one who brought it, if it was no signal.
    mutating func replace(with policy: Policy, by person: String?, now: Timestamp) {
        let evidenceChanged = policy.evidence != self.policy.evidence
        let modeChanged = policy.mode != self.policy.mode
        let unchanged = Set(policy.evidence.filter { self.policy.evidence.contains($0) }.map(\.name))
        reportReplacement(by: policy, person: person, now: now)
        self.policy = policy
        policySince = now
        // What was approved was due under the policy before.
        approved = []
        record(.policy(digest: policy.digest, policy.mode), now: now)
        useUsage(of: policy, now: now)
        if evidenceChanged { evidenceChangedAt = now }
        for tracked in inOrder {
            let mark = tracked.record.mark
            tracked.record.note(marks: policy.marks)
            rememberMark(tracked, before: mark, now: now)
            if evidenceChanged {
                tracked.record.forgetLooks()
                tracked.silences.removeAll { !unchanged.contains($0.source) }
                tracked.trace = nil
            }
            if modeChanged { tracked.lookNotBefore = now }
            replan(tracked, now: now)
        }
    }

    /// Tells, before a policy is in force, what it stops that the one before did not.
    private mutating func reportReplacement(by next: Policy, person: String?, now: Timestamp) {
        let usage = usageBook(for: next)
        let newlyDue = notebooks.values.filter { tracked in
            guard !tracked.decision.isDue(now) else { return false }
            var record = tracked.record
            record.note(marks: next.marks)
            return Planner.decide(record, policy: next, usage: usage, now: now).isDue(now)
        }
        let names = newlyDue.map(\.record.notebook.name).sorted()
        let report = EngineReport.policyReplaced(rules: next.rules.count, mode: next.mode, newlyDue: names, by: person)
        effects.append(.report(report))
    }

    private mutating func shutDown(now: Timestamp) {
        isShuttingDown = true
        dueStops = []
        for tracked in inOrder where tracked.attempt != nil { advance(tracked, .shutdown, now: now) }
    }
}

/// What the engine may be told besides the policy.
package struct EngineSettings: Sendable {
    /// The longest time without a look at a notebook in use; nil looks only when it can matter.
    ///
    /// For live views.
    package var lookEvery: Duration?
    /// Why the ledger cannot be trusted for as long as the daemon runs, if so: then no stop goes out.
    package var ledgerTrouble: String?

    package init(lookEvery: Duration? = nil, ledgerTrouble: String? = nil) {
        self.lookEvery = lookEvery
        self.ledgerTrouble = ledgerTrouble
    }
}

/// A small generator of random numbers with a seed, so that a simulated run can be repeated exactly.
///
/// Sebastiano Vigna's SplitMix64. It only spreads retries; nothing secret depends on it.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in 0..<1.
    mutating func unit() -> Double {
        Double.random(in: 0..<1, using: &self)
    }
}
