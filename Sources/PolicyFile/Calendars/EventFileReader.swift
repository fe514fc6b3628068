// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads the file of a calendar's events and reports its problems where the policy names it.
struct EventFileReader {
    let section: CalendarsSection

    private var sink: DiagnosticSink { section.sink }

    /// The events; nil after an error.
    func events(_ entry: DocumentNode.Entry, hasWindows: Bool) -> [Range<Timestamp>]? {
        guard let path = ValueReader(sink: sink).text(entry.value, entry.key) else { return nil }
        let name = Quoted.plain(path.value)
        if path.value.contains("://") {
            sink.error(
                path.place,
                "`file` must be a file, not the address \(name); download it regularly, with a timer of systemd for instance, "
                    + "and name the copy here"
            )
            return nil
        }
        let bytes: [UInt8]
        do {
            bytes = try section.files.bytes(of: path.value)
        } catch {
            sink.error(path.place, "`file`: \(name): \(error.reason)")
            return nil
        }
        let calendar = ICalendar(bytes, clock: section.clock)
        for problem in calendar.problems {
            sink.error(path.place, "`file`: \(name):\(problem.place.line):\(problem.place.column): \(problem.message)")
        }
        guard calendar.problems.isEmpty else { return nil }
        warnOfThePast(calendar.events, path, hasWindows: hasWindows)
        return calendar.events
    }

    /// A file that nobody renews loses its effect without a sound.
    private func warnOfThePast(_ events: [Range<Timestamp>], _ path: Written<String>, hasWindows: Bool) {
        let name = Quoted.value(path.value)
        let effect = hasWindows ? "it takes nothing from the windows" : "this calendar never holds"
        guard let last = events.map(\.upperBound).max() else {
            sink.warning(path.place, "\(name) has no event, so \(effect)")
            return
        }
        guard last <= section.now else { return }
        sink.warning(path.place, "the last event of \(name) ended at \(last), so \(effect); get a newer file")
    }
}
