// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Times at which a rule applies: windows of the week, dates that differ, and the events of a calendar file.
///
/// Every answer depends on the instant alone. The times are what the wall clocks of a zone show, so a window has its
/// length changed when the clocks change within it; `docs/policy.md` has the exact terms.
package struct Schedule: Equatable, Sendable {
    private let hours: WeeklyHours
    /// Taken from the hours.
    private let away: Intervals
    /// Added to what is left of them.
    private let extra: Intervals

    /// After so many changes that cancel each other out the next one is given as the answer, which costs a planning in
    /// vain and no more.
    private static let mostEdges = 5_000

    /// A schedule of windows, or, without any, of events.
    ///
    /// - Parameters:
    ///   - windows: The times of the week. With windows, `events` are taken from them; without, the events are the times.
    ///   - except: On these dates no window begins; without windows, these days are taken from the events.
    ///   - also: On these dates every window begins, whatever the weekday, and no event takes anything away.
    ///   - events: From each beginning up to, and without, its end.
    ///   - clock: Of the zone in which windows and dates are meant.
    package init(
        windows: [Window],
        except: [CivilDate] = [],
        also: [CivilDate] = [],
        events: [Range<Timestamp>] = [],
        clock: WallClock
    ) {
        let exceptions = except.map(\.daysSince1970)
        let additions = also.map(\.daysSince1970)
        let events = Intervals(events.map { $0.lowerBound.wholeSeconds..<$0.upperBound.wholeSeconds })
        hours = WeeklyHours(windows, without: exceptions + additions, clock: clock)
        if windows.isEmpty {
            let days = exceptions.map { clock.opening($0 * 86_400)..<clock.opening(($0 + 1) * 86_400) }
            away = Intervals([])
            extra = events.subtracting(Intervals(days))
        } else {
            away = events
            extra = Intervals(
                additions.flatMap { WeeklyHours.instants(of: windows, on: $0, clock: clock) }
            )
        }
    }

    /// Whether the instant is one of the times.
    package func contains(_ instant: Timestamp) -> Bool { contains(instant.wholeSeconds) }

    /// The next instant at which `contains` answers otherwise; nil for never.
    package func nextChange(after instant: Timestamp) -> Timestamp? {
        let start = instant.wholeSeconds
        let isInside = contains(start)
        var edge = start
        for _ in 0..<Self.mostEdges {
            guard let next = nextEdge(after: edge) else { return nil }
            edge = next
            if contains(edge) != isInside { break }
        }
        return Timestamp(seconds: edge)
    }

    private func contains(_ second: Int) -> Bool {
        extra.end(covering: second) != nil
            || hours.latestClose(at: second) != nil && away.end(covering: second) == nil
    }

    /// Of the zone in which windows and dates are meant.
    var clock: WallClock { hours.clock }

    /// Where the times are not those of every week, in seconds since 1970.
    var specialStretches: [Range<Int>] {
        let dates = hours.skipped.map { clock.opening($0 * 86_400)..<clock.opening(($0 + 1) * 86_400) }
        return dates + away.ranges + extra.ranges
    }

    /// The next instant at which one of the parts changes so that the answer may.
    private func nextEdge(after second: Int) -> Int? {
        if let end = extra.end(covering: second) { return end }
        let start = extra.start(after: second)
        if let end = away.end(covering: second) { return min(end, start ?? end) }
        return [start, away.start(after: second), hours.nextEdge(after: second)].compactMap { $0 }.min()
    }
}
