// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import Testing

/// Random schedules against an oracle that asks Foundation's calendar what the clock shows in every single minute.
@Suite("Schedules against every minute", .timeLimit(.minutes(20)))
struct ScheduleOracleTests {
    private static let zones = [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "America/Asuncion",
        "Africa/Cairo", "Africa/Casablanca", "America/Sao_Paulo", "America/Havana", "America/St_Johns",
        "Pacific/Chatham", "Asia/Tehran", "Europe/Lisbon", "UTC",
    ]

    /// What the clock shows in one minute.
    private struct Reading: Comparable {
        let day: Int
        let minute: Int

        static func < (left: Reading, right: Reading) -> Bool { (left.day, left.minute) < (right.day, right.minute) }
    }

    /// The readings of each minute of some days.
    private struct Oracle {
        let start: Timestamp
        let readings: [Reading]

        init(zone: TimeZone, around instant: Timestamp, days: Int) {
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = zone
            start = Timestamp(seconds: instant.wholeSeconds / 60 * 60) - .days(days / 2)
            let first = start
            readings = (0..<(days * 1_440)).map { minute in
                let parts = calendar.dateComponents(
                    [.year, .month, .day, .hour, .minute],
                    from: (first + .minutes(minute)).date
                )
                let date = CivilDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
                return Reading(day: date?.daysSince1970 ?? 0, minute: (parts.hour ?? 0) * 60 + (parts.minute ?? 0))
            }
        }

        /// The minutes, counted from the start, in which a window that begins on `day` is open.
        func minutes(of window: Window, on day: Int) -> Range<Int> {
            let from = Reading(day: day, minute: window.from)
            let to = Reading(day: day + window.to / 1_440, minute: window.to % 1_440)
            let open = readings.firstIndex { $0 >= from } ?? readings.count
            let close =
                to.minute == 0
                ? readings.firstIndex { $0 >= to } ?? readings.count
                : (readings.lastIndex { $0 < to } ?? -1) + 1
            return open..<max(open, close)
        }
    }

    /// Instants that are of interest in a zone: around changes of its clocks, and any others.
    private func instant(_ zone: TimeZone, _ random: inout SeededGenerator) -> Timestamp {
        let any = Timestamp(seconds: random.integer(631_152_000...2_145_916_800))
        guard random.chance(75), let change = zone.nextDaylightSavingTimeTransition(after: any.date) else { return any }
        return Timestamp(date: change)
    }

    private func windows(_ random: inout SeededGenerator) -> [Window] {
        (0..<random.integer(1...3)).compactMap { _ in
            let days = Weekday.allCases.filter { _ in random.chance(50) }
            let step = random.pick([1, 15, 30, 60]) ?? 60
            return random.chance(15)
                ? Window(days: Set(days))
                : Window(
                    days: Set(days.isEmpty ? Weekday.allCases : days),
                    from: random.integer(0...1_439) / step * step,
                    to: random.integer(0...1_440) / step * step
                )
        }
    }

    @Test(arguments: Array(1...45))
    func `a walk from change to change finds the minutes that the oracle finds`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let name = Self.zones[seed % Self.zones.count]
        let clock = try WallClock(name)
        let middle = instant(clock.zone, &random)
        let oracle = Oracle(zone: clock.zone, around: middle, days: 16)
        let windows = windows(&random)
        let today = oracle.readings[oracle.readings.count / 2].day
        let except = (0..<2).map { _ in CivilDate(daysSince1970: today + random.integer(-3...3)) }
        let also = [CivilDate(daysSince1970: today + random.integer(4...5))]
        let schedule = Schedule(windows: windows, except: except, also: also, clock: clock)

        var isOpen = Array(repeating: false, count: oracle.readings.count)
        for day in (today - 7)...(today + 7) {
            let date = CivilDate(daysSince1970: day)
            for window in windows where !except.contains(date) {
                guard window.days.contains(Weekday(daysSince1970: day)) || also.contains(date) else { continue }
                for minute in oracle.minutes(of: window, on: day) { isOpen[minute] = true }
            }
        }
        // The first and last days lack windows that begin or end beyond them.
        let minutes = (2 * 1_440)..<(isOpen.count - 2 * 1_440)
        let about: Comment = "seed \(seed), \(name), \(oracle.start), \(windows), \(except), \(also)"
        var minute = minutes.lowerBound
        while minute < minutes.upperBound {
            let instant = oracle.start + .minutes(minute)
            try #require(schedule.contains(instant) == isOpen[minute], about)
            let change = isOpen[minute...].firstIndex { $0 != isOpen[minute] } ?? minutes.upperBound
            let next = schedule.nextChange(after: instant + .milliseconds(random.integer(0...59_999)))
            guard change < minutes.upperBound else { return }
            try #require(next == oracle.start + .minutes(change), about)
            minute = change
        }
    }

    @Test(arguments: zones)
    func `the table of a zone's offsets says what the zone says, all the time`(name: String) throws {
        let clock = try WallClock(name)
        for seconds in stride(from: 172_800, to: 4_102_444_800, by: 250_000) {
            let instant = Timestamp(seconds: seconds)
            let local = seconds + clock.zone.secondsFromGMT(for: instant.date)
            let shown = clock.start(of: CivilDate(daysSince1970: local / 86_400))
            if shown > instant || instant - shown >= .hours(25) { Issue.record("\(instant)") }
        }
    }

    @Test func `a question costs little, however rare the answer`() throws {
        let clock = try WallClock("Europe/Berlin")
        let rare = Schedule(
            windows: [try Window(.all)],
            except: [try #require(CivilDate("2090-01-01"))],
            clock: clock
        )
        for minute in 0..<2_000 {
            let expected = try Timestamp.at("2089-12-31T23:00:00Z")
            #expect(rare.nextChange(after: noon + .minutes(minute)) == expected)
        }
    }
}
