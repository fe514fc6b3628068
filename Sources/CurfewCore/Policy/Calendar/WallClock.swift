// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// What the clocks on the walls of a time zone show, as a table of the zone's offsets.
///
/// Made once per policy, so that planning asks no calendar library: an instant becomes a local time, and back, by a look
/// into the table. The table is exact from 1970 to the end of 2099; before and after, its first and last offset hold.
/// Instants and local times are whole seconds, the local ones as if the clock showed UTC.
package struct WallClock: Hashable, Sendable {
    package let zone: TimeZone
    private let segments: [Segment]

    /// A time during which the offset stays the same.
    private struct Segment: Hashable {
        /// Its first second.
        let start: Int
        /// Seconds east of UTC.
        let offset: Int
    }

    /// The years in which dates can be put on the time line exactly.
    package static let years = 1970...2099

    private static let week = 7 * 86_400

    /// The offset of no zone is larger than this.
    private static let largestOffset = 26 * 3_600

    package init(_ zone: TimeZone) {
        self.zone = zone
        var date = Date(timeIntervalSince1970: 0)
        let end = Date(
            timeIntervalSince1970: Double(CivilDate.daysSince1970(year: 2100, month: 1, day: 1)) * 86_400
        )
        var segments = [Segment(start: .min, offset: zone.secondsFromGMT(for: date))]
        while let next = zone.nextDaylightSavingTimeTransition(after: date), next > date, next < end {
            let offset = zone.secondsFromGMT(for: next)
            if offset != segments.last?.offset {
                segments.append(Segment(start: Int(next.timeIntervalSince1970.rounded()), offset: offset))
            }
            date = next
        }
        self.segments = segments
    }

    /// When the clock changes for the last time; nil when it never does.
    var lastChange: Int? { segments.count > 1 ? segments.last?.start : nil }

    /// Changes of the clock, of which every other change is a copy to times that come again every week.
    ///
    /// A copy changes the clock by as much, at the same time of the same weekday. Changes near each other, or near the
    /// stretches of `specials`, have no copies.
    func kindsOfChange(besides specials: Intervals) -> [Int] {
        var seen: Set<[Int]> = []
        return segments.indices.dropFirst().compactMap { index in
            let (before, change) = (segments[index - 1], segments[index])
            let near = (change.start - Self.week)..<(change.start + Self.week)
            let isAlone = near.lowerBound > before.start && near.upperBound < end(of: index) && !specials.overlap(near)
            let kind = [before.offset, change.offset].map { ((change.start + $0) % Self.week + Self.week) % Self.week }
            return !isAlone || seen.insert(kind).inserted ? change.start : nil
        }
    }

    /// What the clock shows at an instant.
    func local(at instant: Int) -> Int {
        instant + segments[index(at: instant)].offset
    }

    /// The offset at an instant, when it stays the same for `margin` seconds before and behind.
    func steadyOffset(around instant: Int, margin: Int) -> Int? {
        let index = index(at: instant)
        let isSteady = instant - margin >= segments[index].start && instant + margin < end(of: index)
        return isSteady ? segments[index].offset : nil
    }

    /// The first instant at which the clock shows `local` or later.
    ///
    /// Where the clock skips that time, this is the instant of the jump; where it shows it twice, the first of both.
    func opening(_ local: Int) -> Int {
        var index = index(at: local - Self.largestOffset)
        while local - segments[index].offset >= end(of: index) { index += 1 }
        return max(segments[index].start, local - segments[index].offset)
    }

    /// The instant from which on the clock shows `local` or later for good.
    ///
    /// Where the clock skips that time, this is the instant of the jump; where it shows it twice, the second of both.
    func closing(_ local: Int) -> Int {
        var index = index(at: local + Self.largestOffset)
        while local - segments[index].offset <= segments[index].start { index -= 1 }
        return min(end(of: index), local - segments[index].offset)
    }

    /// The instant that RFC 5545 (3.3.5) means by a local time: the first where the clock shows it twice, and where the
    /// clock skips it, what it would have shown without the jump.
    package func instant(ofLocalTime local: Int) -> Timestamp {
        let jump = opening(local)
        let instant = self.local(at: jump) == local ? jump : local - segments[index(at: jump - 1)].offset
        return Timestamp(seconds: instant)
    }

    /// The first instant of a day, which is not midnight where the clock skips that.
    package func start(of date: CivilDate) -> Timestamp {
        Timestamp(seconds: opening(date.daysSince1970 * 86_400))
    }

    private func index(at instant: Int) -> Int {
        var low = 0
        var high = segments.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if segments[middle].start <= instant { low = middle } else { high = middle }
        }
        return low
    }

    private func end(of index: Int) -> Int {
        index + 1 < segments.count ? segments[index + 1].start : .max
    }
}

extension Timestamp {
    /// An instant in whole seconds since 1970.
    package init(seconds: Int) {
        self.init(milliseconds: Int64(clamping: seconds.multipliedReportingOverflow(by: 1_000).partialValue))
    }

    /// The whole seconds since 1970, rounded down.
    package var wholeSeconds: Int {
        Int(milliseconds / 1_000) - (milliseconds % 1_000 < 0 ? 1 : 0)
    }
}
