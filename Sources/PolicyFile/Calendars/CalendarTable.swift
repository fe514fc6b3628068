// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// The calendars that a policy names, the broken ones included, so that a rule that uses a broken one is not blamed.
///
/// A class, because reading the rules finds out which of them are used.
final class CalendarTable {
    let clock: WallClock
    private var entries: [Entry] = []
    private var used: Set<String> = []
    /// Whether every name could be read; otherwise a name that is not there may be meant all the same.
    var isComplete = true

    private struct Entry {
        let name: String
        let place: Place
        let schedule: Schedule?
    }

    /// What became of a name.
    enum Finding {
        case schedule(Schedule)
        /// Its definition has an error, which has been reported.
        case broken
        case unknown(suggestion: String)
    }

    init(clock: WallClock) {
        self.clock = clock
    }

    func add(_ name: String, at place: Place, _ schedule: Schedule?) {
        entries.append(Entry(name: name, place: place, schedule: schedule))
    }

    func use(_ name: String) -> Finding {
        guard let entry = entries.first(where: { $0.name == name }) else {
            return isComplete ? .unknown(suggestion: suggestion(for: name)) : .broken
        }
        used.insert(name)
        return entry.schedule.map { .schedule($0) } ?? .broken
    }

    /// Those that no rule uses.
    var unused: [(name: String, place: Place)] {
        entries.filter { !used.contains($0.name) }.map { ($0.name, $0.place) }
    }

    private func suggestion(for name: String) -> String {
        Suggestion.clause(for: name, among: entries.map(\.name), quote: Quoted.value)
    }
}
