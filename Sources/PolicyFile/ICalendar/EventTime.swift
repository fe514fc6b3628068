// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// A beginning, an end or an exception of an event: a day, or a time on some zone's wall clock.
struct EventTime {
    /// Whether it is a whole day.
    let isDate: Bool
    /// Seconds since 1970, as if the wall clock showed UTC; midnight of a day.
    var local: Int
    let clock: WallClock

    /// A day begins when the wall clock shows it, a time as RFC 5545 says of times that are skipped or shown twice.
    var instant: Timestamp {
        isDate ? clock.start(of: CivilDate(daysSince1970: local / 86_400)) : clock.instant(ofLocalTime: local)
    }

    func at(_ local: Int) -> EventTime { EventTime(isDate: isDate, local: local, clock: clock) }
}

/// Reads the times of events: `VALUE=DATE`, UTC (`…Z`), with a `TZID`, and without one, which means the policy's zone.
struct EventTimeReader {
    let zones: CalendarZones

    /// The only time of a property.
    func time(_ line: ContentLine) throws(ICalendarProblem) -> EventTime {
        let times = try times(line)
        guard times.count == 1 else { throw ICalendarProblem(line.valuePlace, "\(line.name) must be a single time") }
        return times[0]
    }

    /// The times of a property, separated by commas.
    func times(_ line: ContentLine) throws(ICalendarProblem) -> [EventTime] {
        let kind = line.parameters["VALUE"]?.uppercased() ?? "DATE-TIME"
        guard kind == "DATE" || kind == "DATE-TIME" else {
            throw ICalendarProblem(line.place, "a \(line.name) of type \(Quoted.plain(kind)) is not supported")
        }
        var result: [EventTime] = []
        for text in line.value.split(separator: ",", omittingEmptySubsequences: false) {
            result.append(try kind == "DATE" ? date(text, line) : dateTime(text, line))
        }
        return result
    }

    private func date(_ text: Substring, _ line: ContentLine) throws(ICalendarProblem) -> EventTime {
        guard let days = Self.days(text) else {
            throw ICalendarProblem(line.valuePlace, "\(Quoted.value(String(text))) is no date such as 20261225")
        }
        return EventTime(isDate: true, local: days * 86_400, clock: zones.standard)
    }

    private func dateTime(_ text: Substring, _ line: ContentLine) throws(ICalendarProblem) -> EventTime {
        let isUTC = text.last == "Z"
        guard let local = Self.seconds(isUTC ? text.dropLast() : text) else {
            let hint = Self.days(text) == nil ? "" : "; a date needs VALUE=DATE"
            throw ICalendarProblem(
                line.valuePlace,
                "\(Quoted.value(String(text))) is no time such as 20261225T080000\(hint)"
            )
        }
        guard !isUTC else { return EventTime(isDate: false, local: local, clock: zones.universal) }
        guard let name = line.parameters["TZID"] else {
            return EventTime(isDate: false, local: local, clock: zones.standard)
        }
        return EventTime(isDate: false, local: local, clock: try zones.clock(name, at: line.place))
    }

    /// The days since 1970 of `20261225`, of a year in which zones are known.
    static func days(_ text: Substring) -> Int? {
        let digits = Array(text.utf8)
        guard digits.count == 8, digits.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
            WallClock.years.contains(number / 10_000),
            let date = CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
        else { return nil }
        return date.daysSince1970
    }

    /// The seconds of `20261225T080000`; a leap second is the one before.
    static func seconds(_ text: Substring) -> Int? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let days = days(parts[0]), parts[1].utf8.count == 6,
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let time = Int(parts[1]),
            time / 10_000 < 24, time / 100 % 100 < 60, time % 100 <= 60
        else { return nil }
        return days * 86_400 + time / 10_000 * 3_600 + time / 100 % 100 * 60 + min(time % 100, 59)
    }
}
