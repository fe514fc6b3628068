// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// The window of a budget at one instant.
package enum UsageWindow: Hashable, Sendable {
    /// From a fixed instant on; at `end` the next one begins.
    case period(start: Timestamp, end: Timestamp)
    /// The span before each instant.
    case sliding(Duration)

    package init(_ window: UsageBudget.Window, at now: Timestamp, zone: TimeZone) {
        if case .span(let span) = window {
            self = .sliding(span)
            return
        }
        let today = CivilDate(at: now, in: zone)
        let (first, next): (CivilDate, CivilDate) =
            switch window {
            case .week: (today.monday, today.monday.adding(days: 7))
            case .month: (today.firstOfMonth, today.firstOfMonth.adding(days: 31).firstOfMonth)
            case .day, .span: (today, today.adding(days: 1))
            }
        self = .period(start: min(first.start(in: zone), now), end: max(next.start(in: zone), now + .milliseconds(1)))
    }

    /// Whether it is the window at `now`, too.
    func holds(at now: Timestamp) -> Bool {
        guard case .period(let start, let end) = self else { return true }
        return now >= start && now < end
    }

    /// When the window at `now` begins.
    package func start(at now: Timestamp) -> Timestamp {
        switch self {
        case .period(let start, _): start
        case .sliding(let span): now - span
        }
    }
}

extension CivilDate {
    /// The day that the wall clock of `zone` shows.
    init(at instant: Timestamp, in zone: TimeZone) {
        let local = instant + .seconds(zone.secondsFromGMT(for: instant.date))
        self.init(daysSince1970: Int((Double(local.milliseconds) / 86_400_000).rounded(.down)))
    }

    func adding(days count: Int) -> CivilDate { CivilDate(daysSince1970: daysSince1970 + count) }

    /// The Monday of its week (ISO 8601).
    var monday: CivilDate {
        // 1970-01-01 was a Thursday.
        let sinceMonday = ((daysSince1970 + 3) % 7 + 7) % 7
        return adding(days: -sinceMonday)
    }

    var firstOfMonth: CivilDate { adding(days: 1 - day) }

    /// Its first instant in `zone`.
    func start(in zone: TimeZone) -> Timestamp { adding(days: -1).end(in: zone) }
}
