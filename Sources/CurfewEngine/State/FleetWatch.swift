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
    private var recentStops: [Timestamp] = []
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
        if case .unknown = activity.state { dark += sign }
    }

    /// Notes how dark the fleet is; a hold for it ends only when a whole sweep has been below the bound.
    mutating func judgeBlindness(_ settings: GuardSettings.Blind, sweepEnded: Bool) {
        let hold = GuardCheck.blind(unknown: dark, looked: looked, settings: settings)
        if hold != nil || sweepEnded { blindness = hold }
    }

    mutating func stopSent(at now: Timestamp) {
        recentStops.append(now)
    }

    /// Freezes all stops when more are due than the guard allows; a freeze lasts until the daemon starts anew.
    mutating func judgeStops(due: Int, now: Timestamp, settings: GuardSettings.Stops) {
        recentStops.removeAll { now - $0 > settings.within }
        guard frozen == nil else { return }
        frozen = GuardCheck.stops(due: due, recent: recentStops.count, running: running, settings: settings)
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
