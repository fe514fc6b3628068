// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewEngine

/// What simulated days have shown.
struct SoakResult: Sendable {
    private(set) var notebookDays = 0.0
    private(set) var stops = 0
    private(set) var renewals = 0
    private(set) var restarts = 0
    private(set) var days = 0
    /// Broken promises, each with the seed that repeats it.
    private(set) var violations: [String] = []
    var seconds = 0.0

    mutating func add(_ other: SoakResult) {
        notebookDays += other.notebookDays
        stops += other.stops
        renewals += other.renewals
        restarts += other.restarts
        days += other.days
        violations += other.violations
    }

    /// Lets one random fleet live through its day.
    static func day(seed: UInt64) -> SoakResult {
        let found = Findings()
        let weather: RandomFleet.Weather = seed % 8 == 0 ? .calm : seed % 8 == 1 ? .faulty : .chaotic
        let fleet = RandomFleet.make(seed: seed, weather: weather) { found.texts.append($0) }
        RandomFleet.live(fleet)
        var result = SoakResult()
        result.days = 1
        result.notebookDays = Double(RandomFleet.size) * (RandomFleet.length / .hours(24))
        result.stops = fleet.calls.count { $0.order.isStop }
        result.renewals = fleet.calls.count - result.stops
        result.restarts = fleet.generation
        result.violations = found.texts
        return result
    }

    private final class Findings {
        var texts: [String] = []
    }
}

extension SoakResult: CustomStringConvertible {
    var description: String {
        let rate = seconds > 0 ? Int(notebookDays / seconds) : 0
        return "\(Int(notebookDays)) notebook-days in \(days) fleets: \(stops) stops, \(renewals) renewals, "
            + "\(restarts) restarts of the daemon, \(violations.count) violations; \(Int(seconds)) s, \(rate) per second"
    }
}
