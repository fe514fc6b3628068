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
    var random: SplitMix64
    var effects: [EngineEffect] = []
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
    }

    package init(policy: Policy, settings: EngineSettings = EngineSettings(), seed: UInt64) {
        self.policy = policy
        self.settings = settings
        random = SplitMix64(seed: seed)
    }

    /// Takes one trigger and returns what is to be done about it, in order.
    package mutating func handle(_ trigger: Trigger, now: Timestamp) -> [EngineEffect] {
        effects.removeAll(keepingCapacity: true)
        if let lastTurn, lastTurn - now >= Self.noticedStep { clockSetBack(to: now) }
        lastTurn = now
        switch trigger {
        case .tick: break
        case .page(let page, let number, let readAt): take(page, sweep: number, readAt: readAt, now: now)
        case .listed(let number, let failure): sweepEnded(number, failure: failure, now: now)
        case .looked(let id, let observations): take(observations, of: id, now: now)
        case .intentRecorded(let id, let failure): intentRecorded(id, failure: failure, now: now)
        case .ledgerWritten: break
        case .gathered(let id, let result): gathered(id, result, now: now)
        case .answered(let id, let failure): answered(id, failure: failure, now: now)
        case .confirmation(let id, let result): confirmationRead(id, result, now: now)
        case .reload(let policy): replace(with: policy, now: now)
        case .shutdown: shutDown(now: now)
        }
        if !isShuttingDown {
            wakeDue(now: now)
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
        if !dueStops.isEmpty, let warm = fleet.coldStartEnd(policy), warm > now { next = min(next, warm) }
        return max(next, now)
    }

    /// Whether nothing is under way that the daemon should wait for before it ends.
    package var mayEnd: Bool {
        isShuttingDown && !notebooks.values.contains { $0.attempt?.isCalling == true }
    }

    mutating func nextAttemptNumber() -> Int {
        attempts += 1
        return attempts
    }

    private mutating func replace(with policy: Policy, now: Timestamp) {
        let evidenceChanged = policy.evidence != self.policy.evidence
        let modeChanged = policy.mode != self.policy.mode
        self.policy = policy
        if evidenceChanged { evidenceChangedAt = now }
        effects.append(.report(.policyReplaced(rules: policy.rules.count, mode: policy.mode)))
        for tracked in notebooks.values {
            tracked.record.note(marks: policy.marks)
            if evidenceChanged { tracked.record.forgetLooks() }
            if modeChanged { tracked.lookNotBefore = now }
            replan(tracked, now: now)
        }
    }

    private mutating func shutDown(now: Timestamp) {
        isShuttingDown = true
        dueStops = []
        for tracked in notebooks.values where tracked.attempt != nil { advance(tracked, .shutdown, now: now) }
    }
}

/// What the engine may be told besides the policy.
package struct EngineSettings: Sendable {
    /// The longest time without a look at a notebook in use; nil looks only when it can matter.
    ///
    /// For live views.
    package var lookEvery: Duration?

    package init(lookEvery: Duration? = nil) {
        self.lookEvery = lookEvery
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
