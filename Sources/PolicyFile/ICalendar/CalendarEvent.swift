// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// One VEVENT: when it begins, how long it takes, and how it comes again.
struct CalendarEvent {
    let place: Place
    let uid: String?
    /// What the event replaces, when it changes a single occurrence of a recurring one.
    let replaces: EventTime?
    let isCancelled: Bool
    private let start: EventTime
    private let length: EventLength
    private let rule: RecurrenceRule?
    private let exceptions: Set<Timestamp>
    private let additions: [EventTime]

    init(_ component: CalendarComponent, _ reader: EventTimeReader) throws(ICalendarProblem) {
        place = component.place
        uid = try component.line("UID")?.value
        guard let startLine = try component.line("DTSTART") else {
            throw ICalendarProblem(component.place, "this event has no DTSTART")
        }
        let start = try reader.time(startLine)
        self.start = start
        length = try Self.length(component, start, reader)
        isCancelled = try component.line("STATUS")?.value.uppercased() == "CANCELLED"
        rule = try Self.rule(component, start)
        exceptions = Set(try Self.times("EXDATE", component, start, reader).map(\.instant))
        additions = try Self.times("RDATE", component, start, reader)
        if let line = try component.line("RECURRENCE-ID") {
            if line.parameters["RANGE"] != nil {
                throw ICalendarProblem(line.place, "a RECURRENCE-ID with RANGE is not supported")
            }
            replaces = try Self.same(try reader.time(line), start, line)
        } else {
            replaces = nil
        }
    }

    private static func length(
        _ component: CalendarComponent,
        _ start: EventTime,
        _ reader: EventTimeReader
    ) throws(ICalendarProblem) -> EventLength {
        let end = try component.line("DTEND")
        if let line = try component.line("DURATION") {
            guard end == nil, let length = EventLength(line.value), !start.isDate || length.seconds == 0 else {
                throw ICalendarProblem(line.place, "the DURATION \(Quoted.value(line.value)) does not fit this event")
            }
            return length
        }
        guard let end else { return EventLength(days: start.isDate ? 1 : 0) }
        let time = try same(try reader.time(end), start, end)
        guard start.isDate ? time.local > start.local : time.instant >= start.instant else {
            throw ICalendarProblem(end.place, "the event ends before it begins")
        }
        if start.isDate { return EventLength(days: (time.local - start.local) / 86_400) }
        return EventLength(days: 0, seconds: time.instant.wholeSeconds - start.instant.wholeSeconds)
    }

    private static func rule(
        _ component: CalendarComponent,
        _ start: EventTime
    ) throws(ICalendarProblem) -> RecurrenceRule? {
        if let line = component.lines.first(where: { $0.name == "EXRULE" }) {
            throw ICalendarProblem(line.place, "EXRULE is not supported")
        }
        guard let line = try component.line("RRULE") else { return nil }
        let rule = try RecurrenceRule(line)
        if rule.occurrences(from: start).first?.local == start.local { return rule }
        throw ICalendarProblem(
            line.place,
            "the event begins on a day that its own recurrence leaves out, and programs disagree what that means; let it "
                + "begin on one of the recurrence's days"
        )
    }

    private static func times(
        _ name: String,
        _ component: CalendarComponent,
        _ start: EventTime,
        _ reader: EventTimeReader
    ) throws(ICalendarProblem) -> [EventTime] {
        var result: [EventTime] = []
        for line in component.lines where line.name == name {
            for time in try reader.times(line) { result.append(try same(time, start, line)) }
        }
        return result
    }

    /// The time, which must be a day exactly when the event's beginning is one.
    private static func same(
        _ time: EventTime,
        _ start: EventTime,
        _ line: ContentLine
    ) throws(ICalendarProblem) -> EventTime {
        if time.isDate == start.isDate { return time }
        throw ICalendarProblem(line.place, "\(line.name) and DTSTART must both be dates, or both be times")
    }

    /// The event's times without the occurrences that begin at one of `replaced`.
    func intervals(without replaced: Set<Timestamp>) -> [Range<Timestamp>] {
        guard !isCancelled else { return [] }
        let starts = (rule?.occurrences(from: start) ?? [start]) + additions
        return starts.compactMap { start in
            let begin = start.instant
            guard !exceptions.contains(begin), !replaced.contains(begin) else { return nil }
            let day = start.at(start.local + length.days * 86_400).instant
            return begin..<max(begin, day + .seconds(length.seconds))
        }
    }
}
