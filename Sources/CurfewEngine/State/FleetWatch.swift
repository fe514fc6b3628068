// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// What is known of the fleet as a whole: how complete the view is, and what holds stops back.
struct FleetWatch {
    /// How many poll intervals without a complete listing are an outage.
    static let outageAfterPolls = 3

    private(set) var lastCompleteListing: Timestamp?
    private(set) var running = 0
    /// From when the cold-start time counts: the first complete listing, or the first after an outage.
    private var watchingSince: Timestamp?
    /// When a stop was last sent to each notebook; a stop that is tried again is still one stop.
    private var recentStops: [NotebookID: Timestamp] = [:]
    private var frozen: Hold?
    private var blindness: Hold?
    /// Notebooks under `idle` rules that were looked at, and those of them that stayed dark.
    private(set) var looked = 0
    private(set) var dark = 0

    mutating func completed(at now: Timestamp, running: Int, pollEvery: Duration) {
        if let lastCompleteListing, now - lastCompleteListing > pollEvery * Self.outageAfterPolls {
            watchingSince = now
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

    /// Begins the cold start anew, and takes back instants that lie in the future now.
    mutating func clockSetBack(to now: Timestamp) {
        watchingSince = watchingSince.map { _ in now }
        lastCompleteListing = lastCompleteListing.map { min($0, now) }
        recentStops = recentStops.mapValues { min($0, now) }
    }

    /// Freezes all stops when more are due than the guard allows; a freeze lasts until the daemon starts anew.
    mutating func judgeStops(due: Set<NotebookID>, now: Timestamp, settings: GuardSettings.Stops) {
        recentStops = recentStops.filter { now - $0.value <= settings.within }
        guard frozen == nil else { return }
        let recent = recentStops.keys.count { !due.contains($0) }
        frozen = GuardCheck.stops(due: due.count, recent: recent, running: running, settings: settings)
    }

    /// Everything that holds stops back now.
    func holds(at now: Timestamp, policy: Policy) -> [Hold] {
        var holds: [Hold] = []
        if let frozen { holds.append(frozen) }
        if let blindness { holds.append(blindness) }
        guard let watchingSince, let lastCompleteListing else { return holds + [.coldStart(until: nil)] }
        if now - lastCompleteListing > policy.service.pollEvery * Self.outageAfterPolls {
            holds.append(.outage(since: lastCompleteListing))
        }
        let warm = watchingSince + policy.guards.coldStart
        if now < warm { holds.append(.coldStart(until: warm)) }
        return holds
    }

    /// When a hold that ends by the clock ends.
    func coldStartEnd(_ policy: Policy) -> Timestamp? {
        watchingSince.map { $0 + policy.guards.coldStart }
    }
}
