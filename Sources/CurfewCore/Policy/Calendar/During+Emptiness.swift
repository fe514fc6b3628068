// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension During {
    /// Whether provably no instant lies in all of `wanted` and in none of `excluded`.
    ///
    /// Times that come again every week repeat themselves, but for changes of the clock, dates and events. So one week far
    /// from all of these is looked at, and the days around one change of each kind, around each date and around each event,
    /// from one edge of the times to the next. False means "not proven", too: `looks` bounds the number of instants looked
    /// at, and is what is left of them afterwards.
    package static func isEmpty(wanted: [During], excluded: [During], looks: inout Int) -> Bool {
        let schedules = (wanted + excluded).flatMap(\.schedules)
        guard let clock = schedules.first?.clock, schedules.allSatisfy({ $0.clock == clock }) else { return false }
        let both = BothTimes(wanted: wanted, excluded: excluded)
        let specials = Intervals(schedules.flatMap(\.specialStretches).map(\.widened))
        let quiet = max(clock.lastChange ?? 0, specials.end ?? 0) + WeeklyHours.reach
        guard both.isEmpty(in: quiet..<(quiet + 7 * 86_400), &looks) else { return false }
        let changes = clock.kindsOfChange(besides: specials).map { ($0..<($0 + 1)).widened }
        return Intervals(specials.ranges + changes).ranges.allSatisfy { both.isEmpty(in: $0, &looks) }
    }
}

/// The instants in all of some times and in none of others.
private struct BothTimes {
    let wanted: [During]
    let excluded: [During]

    /// Whether provably none of them is in the stretch.
    func isEmpty(in stretch: Range<Int>, _ looks: inout Int) -> Bool {
        var instant = Timestamp(seconds: stretch.lowerBound)
        let end = Timestamp(seconds: stretch.upperBound)
        while instant < end {
            if looks <= 0 || contains(instant) { return false }
            looks -= 1
            guard let next = (wanted + excluded).compactMap({ $0.nextChange(after: instant) }).min() else {
                return true
            }
            instant = next
        }
        return true
    }

    private func contains(_ instant: Timestamp) -> Bool {
        wanted.allSatisfy { $0.contains(instant) } && !excluded.contains { $0.contains(instant) }
    }
}

extension Range<Int> {
    /// With all instants whose windows could begin or end differently for what is in this range.
    fileprivate var widened: Range<Int> { (lowerBound - WeeklyHours.reach)..<(upperBound + WeeklyHours.reach) }
}
