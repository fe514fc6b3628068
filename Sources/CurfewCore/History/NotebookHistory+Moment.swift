// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension NotebookHistory {
    /// What was known of the notebook at an instant of its past, by the looks that had been taken until then; nil where
    /// nothing was recorded of it yet.
    ///
    /// Looks that said the same stand in the ledger as one from the first to the last of them: in between the answer
    /// counts as just given.
    package func record(at instant: Timestamp, marks: MarkSettings?) -> NotebookRecord? {
        var past = PastNotebook(self, marks: marks)
        var sightings = looks.flatMap { source, looks in
            looks.flatMap { look in
                look.sightings(until: instant).map { (at: $0, look: Observation(source, look, at: $0)) }
            }
        }
        .sorted { ($0.at, $0.look.source.text) < ($1.at, $1.look.source.text) }[...]
        let moments = Set(past.changes.filter { $0 < instant } + sightings.map(\.at) + [instant]).sorted()
        for moment in moments {
            past.advance(to: moment)
            while let sighting = sightings.first, sighting.at <= moment {
                past.record?.add(sighting.look)
                sightings.removeFirst()
            }
        }
        for restart in restarts where restart <= instant { past.record?.noteQuickRestart(at: restart) }
        past.record?.warning = warnings.last { $0.givenAt <= instant }
        return past.record
    }
}

extension NotebookHistory.Look {
    /// The instants at which it is certain to have been taken, and `instant` where it lies in between.
    fileprivate func sightings(until instant: Timestamp) -> [Timestamp] {
        guard firstAt <= instant else { return [] }
        return firstAt == min(lastAt, instant) ? [firstAt] : [firstAt, min(lastAt, instant)]
    }
}

extension Observation {
    fileprivate init(_ source: EvidenceName, _ look: NotebookHistory.Look, at instant: Timestamp) {
        self.init(
            source: source,
            activity: look.activity,
            observedAt: instant,
            serverStartedAt: look.serverStartedAt,
            detail: look.detail
        )
    }
}
