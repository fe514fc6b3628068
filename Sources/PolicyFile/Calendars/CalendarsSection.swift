// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `calendars`: times with a name.
struct CalendarsSection {
    let sink: DiagnosticSink
    let clock: WallClock
    let now: Timestamp
    let files: PolicyFiles

    /// The calendars, as far as they could be read.
    func read(_ entry: DocumentNode.Entry?) -> CalendarTable {
        let table = CalendarTable(clock: clock)
        guard let entry else { return table }
        guard case .mapping(let entries) = entry.value.content else {
            let example = "{office: {windows: [\"Mon..Fri 08:00..18:00\"]}}"
            sink.error(
                entry.value.place,
                "`calendars` must be a mapping from names to calendars, such as \(example), not \(entry.value.kind)"
            )
            table.isComplete = false
            return table
        }
        for entry in entries {
            let isNamed = checkName(entry)
            let schedule = read(entry)
            table.add(entry.key, at: entry.keyPlace, isNamed ? schedule : nil)
        }
        return table
    }

    private func checkName(_ entry: DocumentNode.Entry) -> Bool {
        let isName =
            (1...64).contains(entry.key.utf8.count)
            && entry.key.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "_-".utf8.contains(byte)
            }
        if !isName {
            sink.error(
                entry.keyPlace,
                "\(Quoted.value(entry.key)) cannot name a calendar; use up to 64 letters, digits, `-` and `_`"
            )
            return false
        }
        if (try? WindowText.parse(entry.key)) == nil { return true }  // that it is none is what is wanted
        sink.error(entry.keyPlace, "\(Quoted.value(entry.key)) cannot name a calendar, because it is a day of the week")
        return false
    }

    private func read(_ entry: DocumentNode.Entry) -> Schedule? {
        guard let reader = MappingReader(entry.value, .calendar, sink) else { return nil }
        let windows = reader.entry("windows").map { WindowReader(sink: sink).windows($0) } ?? []
        var dates = CalendarDates(sink: sink)
        let except = reader.entry("except").map { dates.read($0) } ?? []
        let also = reader.entry("also").map { dates.read($0) } ?? []
        let events =
            reader.entry("file").map { EventFileReader(section: self).events($0, hasWindows: reader.has("windows")) }
            ?? []
        if !reader.has("windows"), !reader.has("file") {
            reader.reportMissing(["windows", "file"], "a calendar needs `windows` or `file`, or it never holds")
        } else if !reader.has("windows"), let also = reader.entry("also") {
            sink.error(also.keyPlace, "`also` needs `windows`: it gives a date their times")
        }
        guard let windows, let except, let also, let events else { return nil }
        return Schedule(windows: windows, except: except, also: also, events: events, clock: clock)
    }
}

/// Reads the dates of one calendar, each of which may be there once.
private struct CalendarDates {
    let sink: DiagnosticSink
    private var places: [CivilDate: (key: String, place: Place)] = [:]

    init(sink: DiagnosticSink) {
        self.sink = sink
    }

    /// The dates of a key; nil after an error.
    mutating func read(_ entry: DocumentNode.Entry) -> [CivilDate]? {
        let items = entry.value.items
        let dates = items.compactMap { read($0, entry.key) }
        return dates.count == items.count ? dates : nil
    }

    private mutating func read(_ node: DocumentNode, _ key: String) -> CivilDate? {
        guard let scalar = ValueReader(sink: sink).scalar(node, key, "a date such as 2026-12-25, or a list of them")
        else { return nil }
        guard let date = CivilDate(scalar.text) else {
            sink.error(node.place, "`\(key)`: \(Quoted.value(scalar.text)) is no date; write one as 2026-12-25")
            return nil
        }
        guard WallClock.years.contains(date.year) else {
            let (first, last) = (WallClock.years.lowerBound, WallClock.years.upperBound)
            sink.error(node.place, "`\(key)`: the year of \(scalar.text) must be from \(first) to \(last)")
            return nil
        }
        if let first = places[date] {
            let place = "\(first.place.line):\(first.place.column)"
            sink.error(node.place, "`\(key)`: \(scalar.text) is there already, in `\(first.key)` at \(place)")
            return nil
        }
        places[date] = (key, node.place)
        return date
    }
}
