// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// A yearly recurrence (RFC 5545, 3.3.10): `FREQ=YEARLY` with INTERVAL, COUNT or UNTIL, BYMONTH, BYMONTHDAY and BYDAY.
///
/// Holidays need no more. What comes more often is a window of the calendar, and everything else is an error, because a
/// part of a rule that is passed over makes days of leave out of workdays, or the other way round.
struct RecurrenceRule {
    private var interval = 1
    private var count: Int?
    private var until: Until?
    private var months: [Int] = []
    private var monthDays: [Int] = []
    private var weekdays: [OrdinalDay] = []

    private enum Until {
        case local(Int)
        case instant(Timestamp)
    }

    /// A weekday, with which of its kind in the month or year; 0 is each, -1 the last.
    fileprivate struct OrdinalDay {
        let ordinal: Int
        let day: Weekday
    }

    private static let days: [String: Weekday] = [
        "MO": .monday, "TU": .tuesday, "WE": .wednesday, "TH": .thursday, "FR": .friday, "SA": .saturday,
        "SU": .sunday,
    ]

    init(_ line: ContentLine) throws(ICalendarProblem) {
        let place = line.valuePlace
        var isYearly = false
        var seen: Set<String> = []
        for part in line.value.split(separator: ";", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                $0.uppercased()
            }
            guard sides.count == 2, seen.insert(sides[0]).inserted else {
                throw ICalendarProblem(place, "the part \(Quoted.value(String(part))) of the recurrence cannot be read")
            }
            if sides[0] == "FREQ" {
                isYearly = try Self.isYearly(sides[1], place)
            } else {
                try read(sides[0], sides[1], place)
            }
        }
        guard isYearly else { throw ICalendarProblem(place, "the recurrence has no FREQ") }
        if count != nil, until != nil { throw ICalendarProblem(place, "the recurrence has both COUNT and UNTIL") }
        if !monthDays.isEmpty, weekdays.contains(where: { $0.ordinal != 0 }) {
            throw ICalendarProblem(place, "a recurrence with BYMONTHDAY and a numbered BYDAY is not supported")
        }
    }

    private static func isYearly(_ value: String, _ place: Place) throws(ICalendarProblem) -> Bool {
        if value == "YEARLY" { return true }
        throw ICalendarProblem(
            place,
            "a recurrence with FREQ=\(Quoted.plain(value)) is not supported, only FREQ=YEARLY; write what comes more often "
                + "into `windows`"
        )
    }

    private mutating func read(_ key: String, _ value: String, _ place: Place) throws(ICalendarProblem) {
        let unreadable = ICalendarProblem(
            place,
            "\(Quoted.plain(key))=\(Quoted.plain(value)) of the recurrence cannot be read"
        )
        switch key {
        case "INTERVAL":
            guard let number = Int(value), (1...1_000).contains(number) else { throw unreadable }
            interval = number
        case "COUNT":
            guard let number = Int(value), number > 0 else { throw unreadable }
            count = number
        case "UNTIL":
            let isUTC = value.last == "Z"
            let text = Substring(value)
            if let days = EventTimeReader.days(text) {
                until = .local(days * 86_400 + 86_399)
            } else if let seconds = EventTimeReader.seconds(isUTC ? text.dropLast() : text) {
                until = isUTC ? .instant(Timestamp(seconds: seconds)) : .local(seconds)
            } else if Self.isBeyondYears(value) {
                until = nil
            } else {
                throw unreadable
            }
        case "BYMONTH": months = try numbers(value, 1...12, unreadable)
        case "BYMONTHDAY":
            monthDays = try numbers(value, -31...31, unreadable)
            if monthDays.contains(0) { throw unreadable }
        case "BYDAY":
            weekdays = []
            for text in value.split(separator: ",", omittingEmptySubsequences: false) {
                let ordinal = text.count == 2 ? 0 : Int(text.dropLast(2))
                guard let day = Self.days[String(text.suffix(2))], let ordinal, (-53...53).contains(ordinal),
                    text.count == 2 || ordinal != 0
                else { throw unreadable }
                weekdays.append(OrdinalDay(ordinal: ordinal, day: day))
            }
        case "WKST":
            // Where weeks begin plays a part with week numbers only.
            guard Self.days[value] != nil else { throw unreadable }
        default:
            throw ICalendarProblem(place, "\(Quoted.plain(key)) in a recurrence is not supported")
        }
    }

    /// Some programs write the last day of the calendar for no end.
    private static func isBeyondYears(_ value: String) -> Bool {
        guard let year = Int(value.prefix(4)) else { return false }
        return value.utf8.count >= 8 && year > WallClock.years.upperBound
    }

    private func numbers(
        _ value: String,
        _ range: ClosedRange<Int>,
        _ problem: ICalendarProblem
    ) throws(ICalendarProblem) -> [Int] {
        var result: [Int] = []
        for text in value.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Int(text), range.contains(number) else { throw problem }
            result.append(number)
        }
        return result
    }

    /// When the event begins, from its first time on, until the last year in which zones are known.
    func occurrences(from start: EventTime) -> [EventTime] {
        let first = CivilDate(daysSince1970: start.local / 86_400)
        let time = start.local % 86_400
        var result: [EventTime] = []
        for year in stride(from: first.year, through: WallClock.years.upperBound, by: interval) {
            for day in days(of: year, like: first) {
                let occurrence = start.at(day * 86_400 + time)
                guard occurrence.local >= start.local else { continue }
                guard result.count < count ?? .max, isBeforeEnd(occurrence) else { return result }
                result.append(occurrence)
            }
        }
        return result
    }

    private func isBeforeEnd(_ time: EventTime) -> Bool {
        switch until {
        case nil: true
        case .local(let last): time.local <= last
        case .instant(let last): time.instant <= last
        }
    }

    /// The days of a year, sorted, each once.
    private func days(of year: Int, like first: CivilDate) -> [Int] {
        var days: [Int]
        if !weekdays.isEmpty, monthDays.isEmpty {
            let scopes = months.isEmpty ? [Self.year(year)] : months.map { Self.month($0, of: year) }
            days = scopes.flatMap { scope in weekdays.flatMap { $0.days(in: scope) } }
        } else {
            let scopes = (months.isEmpty ? (monthDays.isEmpty ? [first.month] : Array(1...12)) : months)
                .map { Self.month($0, of: year) }
            let numbers = monthDays.isEmpty ? [first.day] : monthDays
            days = scopes.flatMap { scope in
                numbers.compactMap { number in
                    let day = number > 0 ? scope.lowerBound + number - 1 : scope.upperBound + number
                    return scope.contains(day) ? day : nil
                }
            }
            if !weekdays.isEmpty {
                days = days.filter { day in weekdays.contains { $0.day == Weekday(daysSince1970: day) } }
            }
        }
        return Set(days).sorted()
    }

    private static func month(_ month: Int, of year: Int) -> Range<Int> {
        first(of: month, year)..<(month == 12 ? first(of: 1, year + 1) : first(of: month + 1, year))
    }

    private static func year(_ year: Int) -> Range<Int> { first(of: 1, year)..<first(of: 1, year + 1) }

    private static func first(of month: Int, _ year: Int) -> Int {
        CivilDate(year: year, month: month, day: 1)?.daysSince1970 ?? 0
    }
}

extension RecurrenceRule.OrdinalDay {
    /// The days of that kind in a month or year.
    fileprivate func days(in scope: Range<Int>) -> [Int] {
        let all = scope.filter { Weekday(daysSince1970: $0) == day }
        if ordinal == 0 { return all }
        let index = ordinal > 0 ? ordinal - 1 : all.count + ordinal
        return all.indices.contains(index) ? [all[index]] : []
    }
}
