// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// What is known of the fleet as a whole: how complete the view is, and what holds stops back.
struct FleetWatch {
    /// How many poll intervals without a complete listing are an outage.
    static let outageAfterPolls = 3

    private(set) var lastCompleteListing: Timestamp?
    private(set) var running = 0
    /// From when the cold-start time counts: the first complete listing, or the first after an outage or a disturbance.
    private var watchingSince: Timestamp?
    /// What made the cold start begin anew, if it was time itself.
    private var disturbance: Disturbance?
    /// Why the ledger cannot be used, if so.
    private(set) var ledgerTrouble: String?
    /// When a stop was last sent to each notebook; a stop that is tried again is still one stop.
    private var recentStops: [NotebookID: Timestamp] = [:]
    /// The freeze by hand, and the number of the act that began it; 0 for one of an earlier daemon.
    private(set) var freeze: HandFreeze?
    private var freezeNumber = 0
    private var guardFreeze: GuardFreeze?
    private var blindness: Hold?
    /// Notebooks under `idle` rules that were looked at, and those of them that stayed dark.
    private(set) var looked = 0
    private(set) var dark = 0

    mutating func completed(at now: Timestamp, running: Int, pollEvery: Duration) {
        let isOutageOver = lastCompleteListing.map { now - $0 > pollEvery * Self.outageAfterPolls } ?? false
        if isOutageOver, watchingSince != nil {
            watchingSince = now
            disturbance = nil
        }
        watchingSince = watchingSince ?? now
        lastCompleteListing = now
        self.running = running
    }

    mutating func count(_ decision: Decision, sign: Int) {
        guard let activity = decision.activity, !activity.evidence.isEmpty else { return }
        looked += sign
        // A look that has only grown old says nothing against the daemon's eyes.
        if case .unknown(let reason) = activity.state, !reason.isMissingLook { dark += sign }
    }

    /// Notes how dark the fleet is; a hold for it ends only when a whole sweep has been below the bound.
    mutating func judgeBlindness(_ settings: GuardSettings.Blind, sweepEnded: Bool) {
        let hold = GuardCheck.blind(unknown: dark, looked: looked, settings: settings)
        if hold != nil || sweepEnded { blindness = hold }
    }

    mutating func stopSent(to notebook: NotebookID, at now: Timestamp) {
        recentStops[notebook] = now
    }

    /// Begins the cold start anew with the next complete listing.
    mutating func disturbed(_ what: Disturbance) {
        watchingSince = nil
        disturbance = what
        // What was sent a moment ago must not leave the guard's window because the clock was set forward.
        if case .clockSet(let step) = what, step > .zero { recentStops = recentStops.mapValues { $0 + step } }
    }

    mutating func ledgerAnswered(failure: String?) {
        ledgerTrouble = failure
    }

    /// Takes over the stops that were sent before the daemon began, and the freezes that nobody has ended: a restart is no
    /// way around them.
    mutating func recall(_ memory: LedgerMemory, now: Timestamp) {
        for (id, instants) in memory.stops { recentStops[id] = instants.max().map { min($0, now) } }
        (freeze, guardFreeze) = (memory.freeze, memory.guardFreeze)
        takeBackFreezes(to: now)
    }

    // MARK: - Freezes

    mutating func freeze(_ freeze: HandFreeze, number: Int) {
        (self.freeze, freezeNumber) = (freeze, number)
    }

    /// Ends the freeze by hand, unless it was begun after the act of that number; tells whether it did.
    mutating func thaw(number: Int) -> Bool {
        guard freeze != nil, freezeNumber < number else { return false }
        freeze = nil
        return true
    }

    var isFrozenByGuard: Bool { guardFreeze != nil }

    mutating func endGuardFreeze() { guardFreeze = nil }

    private mutating func takeBackFreezes(to now: Timestamp) {
        if let freeze { self.freeze?.since = min(freeze.since, now) }
        if let guardFreeze { self.guardFreeze?.since = min(guardFreeze.since, now) }
    }

    /// Begins the cold start anew, and takes back instants that lie in the future now.
    mutating func clockSetBack(to now: Timestamp) {
        watchingSince = watchingSince.map { _ in now }
        disturbance = nil
        lastCompleteListing = lastCompleteListing.map { min($0, now) }
        recentStops = recentStops.mapValues { min($0, now) }
        takeBackFreezes(to: now)
    }

    /// Freezes all stops when more are due than the guard allows; a freeze lasts until a person approves them.
    mutating func judgeStops(due: Set<NotebookID>, now: Timestamp, settings: GuardSettings.Stops) {
        recentStops = recentStops.filter { now - $0.value <= settings.within }
        guard guardFreeze == nil else { return }
        let recent = recentStops.keys.count { !due.contains($0) }
        let hold = GuardCheck.stops(due: due.count, recent: recent, running: running, settings: settings)
        guard case .tooManyStops(let due, let limit) = hold else { return }
        guardFreeze = GuardFreeze(due: due, limit: limit, since: now)
    }

    /// Everything that holds stops back now.
    func holds(at now: Timestamp, policy: Policy) -> [Hold] {
        var holds: [Hold] = []
        if let freeze { holds.append(.frozen(freeze)) }
        if let guardFreeze { holds.append(.tooManyStops(due: guardFreeze.due, limit: guardFreeze.limit)) }
        if let blindness { holds.append(blindness) }
        if let ledgerTrouble { holds.append(.ledgerUnusable(ledgerTrouble)) }
        guard let watchingSince, let lastCompleteListing else { return holds + [settling(until: nil)] }
        if now - lastCompleteListing > policy.service.pollEvery * Self.outageAfterPolls {
            holds.append(.outage(since: lastCompleteListing))
        }
        let warm = watchingSince + policy.guards.coldStart
        if now < warm { holds.append(settling(until: warm)) }
        return holds
    }

    /// Since when a hold stands that an earlier daemon may have begun; nil for all others.
    func since(_ hold: Hold) -> Timestamp? {
        switch hold {
        case .frozen(let freeze): freeze.since
        case .tooManyStops: guardFreeze?.since
        default: nil
        }
    }

    private func settling(until: Timestamp?) -> Hold {
        disturbance.map { .disturbed($0, until: until) } ?? .coldStart(until: until)
    }

    /// When a hold that ends by the clock ends.
    func coldStartEnd(_ policy: Policy) -> Timestamp? {
        watchingSince.map { $0 + policy.guards.coldStart }
    }
}
