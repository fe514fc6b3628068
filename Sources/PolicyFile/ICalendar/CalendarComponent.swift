// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A part of a calendar file between `BEGIN:` and `END:`, such as an event, with the parts inside it.
struct CalendarComponent {
    /// In upper case.
    let name: String
    let place: Place
    var lines: [ContentLine] = []
    var parts: [CalendarComponent] = []

    /// The language nests three deep; the bound keeps the reader off the stack's end.
    private static let deepest = 8

    /// The calendars of a file; usually there is one.
    static func calendars(_ lines: [ContentLine]) throws(ICalendarProblem) -> [CalendarComponent] {
        var open: [CalendarComponent] = []
        var calendars: [CalendarComponent] = []
        for line in lines {
            switch line.name {
            case "BEGIN":
                guard open.count < deepest else { throw ICalendarProblem(line.place, "the file is nested too deeply") }
                open.append(CalendarComponent(name: line.value.uppercased(), place: line.place))
            case "END":
                guard let last = open.popLast(), last.name == line.value.uppercased() else {
                    throw ICalendarProblem(line.place, "this END has no BEGIN of the same name before it")
                }
                if open.isEmpty { calendars.append(last) } else { open[open.count - 1].parts.append(last) }
            default:
                guard !open.isEmpty else {
                    throw ICalendarProblem(
                        line.place,
                        "the file is no calendar: it does not begin with BEGIN:VCALENDAR"
                    )
                }
                open[open.count - 1].lines.append(line)
            }
        }
        if let last = open.last {
            throw ICalendarProblem(last.place, "this BEGIN has no END; the file was cut off, so get it again")
        }
        if let stranger = calendars.first(where: { $0.name != "VCALENDAR" }) {
            throw ICalendarProblem(stranger.place, "the file is no calendar: it does not begin with BEGIN:VCALENDAR")
        }
        guard !calendars.isEmpty else {
            throw ICalendarProblem(.start, "the file is empty; a calendar begins with BEGIN:VCALENDAR")
        }
        return calendars
    }

    /// The only line of that name; nil when there is none.
    func line(_ name: String) throws(ICalendarProblem) -> ContentLine? {
        let found = lines.filter { $0.name == name }
        if found.count > 1 { throw ICalendarProblem(found[1].place, "\(name) is there more than once") }
        return found.first
    }
}
