// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads a window of the week: `[DAYS] [FROM..TO]`, such as `Mon..Fri 20:00..07:00`, `Sat,Sun` or `12:00..13:00`.
enum WindowText {
    /// Why a text is no window, to be put behind a colon.
    struct Malformed: Error {
        let reason: String
    }

    private static let days: [(short: String, long: String, day: Weekday)] = [
        ("Mon", "Monday", .monday), ("Tue", "Tuesday", .tuesday), ("Wed", "Wednesday", .wednesday),
        ("Thu", "Thursday", .thursday), ("Fri", "Friday", .friday), ("Sat", "Saturday", .saturday),
        ("Sun", "Sunday", .sunday),
    ]

    static func parse(_ text: String) throws(Malformed) -> Window {
        let parts = text.split(separator: " ").map(String.init)
        if parts.contains(where: { $0.contains("/") || $0 == "UTC" }) {
            throw Malformed(reason: "leave the zone out; all windows are in the `timeZone` of the policy")
        }
        switch parts.count {
        case 1 where isTimes(parts[0]): return try window(days: Weekday.allCases, times: parts[0])
        case 1: return try window(days: weekdays(parts[0]), times: nil)
        case 2 where isTimes(parts[0]) && !isTimes(parts[1]):
            throw Malformed(reason: "write the days before the times: \(Quoted.plain(parts[1] + " " + parts[0]))")
        case 2: return try window(days: weekdays(parts[0]), times: parts[1])
        default: throw Malformed(reason: reasonForMany(parts))
        }
    }

    /// Why a text of more than two words is no window.
    private static func reasonForMany(_ parts: [String]) -> String {
        if parts.count == 3, parts[1].contains(".."), isTimes(parts[1]), isTimes(parts[2]) {
            return "it ends within a day of its beginning; write a longer time as several windows in a list, such as "
                + "Fri 20:00..24:00 and Sat,Sun"
        }
        return "write days, times, or both with one space between: Mon..Fri 20:00..07:00"
    }

    /// Whether a text that is no window was probably meant to be one, rather than a name.
    static func isMeantAsWindow(_ text: String) -> Bool {
        let first = text.split(whereSeparator: { " .,".contains($0) }).first.map(String.init) ?? ""
        return text.contains { " .,:".contains($0) } || day(first) != nil || text.isEmpty
    }

    private static func isTimes(_ text: String) -> Bool { text.contains(":") || text.first?.isNumber == true }

    private static func window(days: [Weekday], times: String?) throws(Malformed) -> Window {
        let (from, to) = try times.map(range) ?? (0, Window.endOfDay)
        guard let window = Window(days: Set(days), from: from, to: to) else {
            throw Malformed(reason: "it begins and ends at the same time; leave the times out to mean the whole day")
        }
        return window
    }

    private static func weekdays(_ text: String) throws(Malformed) -> [Weekday] {
        var result: [Weekday] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            if part.isEmpty { throw Malformed(reason: "a day is missing beside a comma; write no spaces: Sat,Sun") }
            let ends = String(part).components(separatedBy: "..")
            guard ends.count <= 2 else { throw Malformed(reason: "write a range of days as Mon..Fri") }
            let from = try weekday(ends[0])
            let to = try weekday(ends[ends.count - 1])
            var day = from
            result.append(day)
            while day != to {
                day = Weekday.allCases[(day.rawValue + 1) % 7]
                result.append(day)
            }
        }
        return result
    }

    private static func day(_ text: String) -> Weekday? {
        days.first { [$0.short.lowercased(), $0.long.lowercased()].contains(text.lowercased()) }?.day
    }

    private static func weekday(_ text: String) throws(Malformed) -> Weekday {
        if let day = day(text) { return day }
        let names = days.map(\.short) + days.map(\.long)
        let prefix = days.first { text.count >= 2 && $0.long.lowercased().hasPrefix(text.lowercased()) }?.short
        let parts = text.split(separator: "-").map { day(String($0)) }
        let hint: String
        if let meant = ["weekend": "Sat,Sun", "weekday": "Mon..Fri", "workday": "Mon..Fri"].first(where: {
            text.lowercased().hasPrefix($0.key)
        }) {
            hint = "; write \(meant.value), or define a calendar"
        } else if parts.count == 2, parts.allSatisfy({ $0 != nil }) {
            hint = "; write two dots between days: Mon..Fri"
        } else if let near = prefix ?? Suggestion.nearest(to: text, among: names) {
            hint = "; did you mean \(near)?"
        } else {
            hint = "; days are Mon, Tue, Wed, Thu, Fri, Sat, Sun"
        }
        throw Malformed(reason: "there is no day \(Quoted.value(text))\(hint)")
    }

    private static func range(_ text: String) throws(Malformed) -> (Int, Int) {
        let ends = text.components(separatedBy: "..")
        guard ends.count == 2 else {
            throw Malformed(reason: "write two times with two dots between: 20:00..07:00")
        }
        let from = try minutes(ends[0])
        let to = try minutes(ends[1])
        if from == Window.endOfDay { throw Malformed(reason: "24:00 can only be an end; write 00:00") }
        return (from, to)
    }

    /// Minutes since midnight, 0 to 1440.
    private static func minutes(_ text: String) throws(Malformed) -> Int {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let areDigits = parts.allSatisfy { part in part.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard parts.count == 2, areDigits, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1])
        else {
            throw Malformed(reason: "\(Quoted.value(text)) is no time of day; write hours and minutes as 08:00")
        }
        guard minute < 60, hour < 24 || (hour == 24 && minute == 0) else {
            throw Malformed(reason: "there is no \(Quoted.plain(text)) on any day; the last minute is 23:59")
        }
        return hour * 60 + minute
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
