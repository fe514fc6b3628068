// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The time for which a stopped notebook would have run on, soberly reckoned.
///
/// It begins with the confirmed stop and ends with the first of: the notebook's next start, the end of the lease that it had,
/// its deletion, and a day, because beyond that nobody can say what its user would have done. A start that nobody witnessed may
/// have been any time after the daemon that stopped it was last alive, so the time ends there. A stop that only a later
/// daemon found done saves nothing: its user may have done it.
enum SavedSpan {
    /// No stop saves more.
    static let longest: Duration = .seconds(86_400)

    /// The span that each stop saved, in the order of `stops`; nil where it saved nothing.
    ///
    /// None overlaps another, or a run.
    static func spans(
        of notebook: ReportedNotebook,
        _ runs: [(start: Timestamp, end: Timestamp)]
    ) -> [(start: Timestamp, end: Timestamp)?] {
        var savedUntil = Timestamp.distantPast
        return notebook.stops.map { stop in
            guard stop.isConfirmed else { return nil }
            let following = runs.firstIndex { $0.start > stop.at } ?? runs.count
            var start = max(stop.at, savedUntil)
            // What ran at that moment may have taken a little longer to end, and counts as having run.
            if following > 0 { start = max(start, runs[following - 1].end) }
            var end = stop.at + longest
            if let lease = stop.leaseEnd { end = min(end, lease) }
            if let gone = notebook.goneAt { end = min(end, gone) }
            if following < runs.count {
                let next = runs[following].start
                end = min(end, notebook.runs[following].isStart ? next : min(next, stop.watchedUntil))
            }
            guard start < end else { return nil }
            savedUntil = end
            return (start, end)
        }
    }
}
