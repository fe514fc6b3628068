// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// The events of a calendar file (RFC 5545), as times on the time line.
///
/// Strict: what the reader does not understand and what could matter is a problem, never passed over. Only events count:
/// to-dos, journals, alarms and free-busy times do not. Cancelled events do not count. Whether an event is marked as busy or
/// free (`TRANSP`) makes no difference, because the holiday calendars of most programs are marked as free throughout.
struct ICalendar {
    private(set) var events: [Range<Timestamp>] = []
    private(set) var problems: [ICalendarProblem] = []

    /// The largest file that is read; the holidays of a country have about a hundredth of it.
    static let longestFile = 4_194_304
    /// More than this are not worth showing.
    private static let mostProblems = 20
    /// The recurrences of all events together; a holiday has about a hundred until 2099.
    private static let mostOccurrences = 200_000

    /// Reads a file; `clock` is of the zone of days and of times that name none.
    init(_ bytes: [UInt8], clock: WallClock) {
        do {
            let calendars = try CalendarComponent.calendars(ContentLineReader(bytes).lines)
            for calendar in calendars { try Self.check(calendar) }
            let reader = EventTimeReader(zones: CalendarZones(standard: clock, calendars: calendars))
            let components = calendars.flatMap(\.parts).filter { $0.name == "VEVENT" }
            read(components, reader)
        } catch {
            problems = [error]
        }
    }

    private static func check(_ calendar: CalendarComponent) throws(ICalendarProblem) {
        if let line = try calendar.line("VERSION"), line.value != "2.0" {
            throw ICalendarProblem(
                line.place,
                "the file is of version \(Quoted.plain(line.value)) of the format; only 2.0 is read"
            )
        }
        if let line = try calendar.line("CALSCALE"), line.value.uppercased() != "GREGORIAN" {
            throw ICalendarProblem(
                line.place,
                "the calendar \(Quoted.plain(line.value)) is not supported, only GREGORIAN"
            )
        }
    }

    private mutating func read(_ components: [CalendarComponent], _ reader: EventTimeReader) {
        var read: [CalendarEvent] = []
        for component in components {
            do {
                read.append(try CalendarEvent(component, reader))
            } catch {
                problems.append(error)
                if problems.count == Self.mostProblems { return }
            }
        }
        guard problems.isEmpty else { return }
        let replaced = Dictionary(grouping: read.filter { $0.replaces != nil && $0.uid != nil }) { $0.uid ?? "" }
        for event in read {
            let others = event.replaces == nil ? replaced[event.uid ?? ""] ?? [] : []
            events += event.intervals(without: Set(others.compactMap { $0.replaces?.instant }))
            guard events.count <= Self.mostOccurrences else {
                problems = [ICalendarProblem(event.place, "the events of this file come too often to be holidays")]
                return
            }
        }
    }
}
