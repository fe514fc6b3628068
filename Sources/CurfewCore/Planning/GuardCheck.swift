// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The bounds on stops when everything looks due at once.
package enum GuardCheck {
    /// Whether so many stops are due that something must be wrong; then none goes out.
    ///
    /// The limit is the larger of the count and the percentage of running notebooks, rounded down.
    package static func stops(due: Int, recent: Int, running: Int, settings: GuardSettings.Stops) -> Hold? {
        let limit = max(settings.count, Int(Double(running) * settings.percent / 100))
        return due + recent > limit ? .tooManyStops(due: due + recent, limit: limit) : nil
    }

    /// Whether so many notebooks under `idle` rules are dark that the daemon itself must be blind.
    ///
    /// Fewer than three are no pattern. Notebooks that nobody has looked at yet do not count.
    package static func blind(unknown: Int, looked: Int, settings: GuardSettings.Blind) -> Hold? {
        guard unknown >= 3, Double(unknown) * 100 > Double(looked) * settings.percent else { return nil }
        return .blind(unknown: unknown, of: looked)
    }
}
