// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The bounds on what the daemon may do when everything looks due at once.
package struct GuardSettings: Sendable, Equatable {
    package var stops: Stops
    package var blind: Blind
    /// No stop is sent this soon after the first complete listing.
    package var coldStart: Duration

    /// More stops than the larger of both numbers within the window freeze all stops.
    package struct Stops: Sendable, Equatable {
        package var count: Int
        /// Percent of the notebooks RUNNING in the last complete listing.
        package var percent: Double
        package var within: Duration

        package init(count: Int = 5, percent: Double = 10, within: Duration = .seconds(600)) {
            self.count = count
            self.percent = percent
            self.within = within
        }
    }

    /// This share of notebooks with unknown activity freezes all stops.
    package struct Blind: Sendable, Equatable {
        /// Percent of the notebooks under `idle` rules that were looked at.
        package var percent: Double

        package init(percent: Double = 50) {
            self.percent = percent
        }
    }

    package init(stops: Stops = Stops(), blind: Blind = Blind(), coldStart: Duration = .seconds(300)) {
        self.stops = stops
        self.blind = blind
        self.coldStart = coldStart
    }
}
