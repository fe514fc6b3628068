// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The units of `systemd.time(7)`, in microseconds.
enum TimeUnit {
    private static let spellings: [(names: [String], microseconds: Int64)] = [
        (["us", "usec", "µs", "μs"], 1),
        (["ms", "msec"], 1_000),
        (["s", "sec", "second", "seconds"], 1_000_000),
        (["min", "m", "minute", "minutes"], 60_000_000),
        (["h", "hr", "hour", "hours"], 3_600_000_000),
        (["d", "day", "days"], 86_400_000_000),
        (["w", "week", "weeks"], 604_800_000_000),
        // systemd's own averages: a year of 365.25 days, a month of a twelfth of it.
        (["M", "month", "months"], 2_629_800_000_000),
        (["y", "year", "years"], 31_557_600_000_000),
    ]

    private static let byName = Dictionary(
        uniqueKeysWithValues: spellings.flatMap { unit in unit.names.map { ($0, unit.microseconds) } }
    )

    /// Every spelling that is understood.
    static var names: [String] { spellings.flatMap(\.names) }

    /// The length of the unit of that name, exactly as written.
    static func named(_ name: String) -> Int64? { byName[name] }

    /// The unit that was probably meant.
    static func nearest(to word: String) -> String? { Suggestion.nearest(to: word, among: names) }
}
