// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `during`: windows of the week and names of calendars, one or a list of them.
struct DuringReader {
    let sink: DiagnosticSink
    let calendars: CalendarTable

    /// The times; nil after an error.
    func read(_ entry: DocumentNode.Entry) -> During? {
        let items = entry.value.items
        if items.isEmpty {
            sink.error(entry.value.place, "`during` is an empty list, which matches nothing")
            return nil
        }
        var windows: [Window] = []
        var schedules: [Schedule] = []
        var isComplete = true
        for item in items {
            switch read(item) {
            case .window(let window): windows.append(window)
            case .calendar(let schedule): schedules.append(schedule)
            case nil: isComplete = false
            }
        }
        guard isComplete else { return nil }
        if !windows.isEmpty { schedules.insert(Schedule(windows: windows, clock: calendars.clock), at: 0) }
        return During(schedules)
    }

    private enum Item {
        case window(Window)
        case calendar(Schedule)
    }

    private func read(_ node: DocumentNode) -> Item? {
        if case .mapping = node.content {
            sink.error(
                node.place,
                "`during` must be a window such as \"Mon..Fri 20:00..07:00\" or the name of a calendar, or a list of them, "
                    + "not a mapping"
            )
            return nil
        }
        guard let text = ValueReader(sink: sink).text(node, "during") else { return nil }
        switch calendars.use(text.value) {
        case .schedule(let schedule): return .calendar(schedule)
        case .broken where !WindowText.isMeantAsWindow(text.value): return nil
        case .unknown(let suggestion) where !suggestion.isEmpty:
            sink.error(text.place, "there is no calendar \(Quoted.value(text.value))\(suggestion)")
            return nil
        case .unknown, .broken: return WindowReader(sink: sink).window(text, "during").map { .window($0) }
        }
    }
}

/// Reads windows and reports the texts that are none.
struct WindowReader {
    let sink: DiagnosticSink

    /// The windows of a text or a list of them; nil after an error.
    func windows(_ entry: DocumentNode.Entry) -> [Window]? {
        let items = entry.value.items
        if items.isEmpty {
            sink.error(entry.value.place, "`\(entry.key)` is an empty list, which never holds")
            return nil
        }
        let windows = items.compactMap { item in
            ValueReader(sink: sink).text(item, entry.key).flatMap { window($0, entry.key) }
        }
        return windows.count == items.count ? windows : nil
    }

    func window(_ text: Written<String>, _ name: String) -> Window? {
        do {
            return try WindowText.parse(text.value)
        } catch {
            let isName = name == "during" && !WindowText.isMeantAsWindow(text.value)
            let hint = isName ? ", nor is there such a calendar" : ""
            sink.error(text.place, "`\(name)`: \(Quoted.value(text.value)) is no window\(hint): \(error.reason)")
            return nil
        }
    }
}
