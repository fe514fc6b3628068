// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What was recorded of one notebook, so that a policy can be tried on its past.
package struct NotebookHistory: Sendable, Equatable {
    package var id: NotebookID
    /// What it was, oldest first; in between nobody saw it.
    package var portraits: [Portrait]
    /// When it was RUNNING, oldest first.
    package var runs: [Run]
    /// What was seen of its use, by source, oldest first.
    package var looks: [EvidenceName: [Look]]
    /// When the daemon decided the stops that it carried out.
    package var stops: [Timestamp]
    /// Its keep-alive marks, as first seen.
    package var marks: [MarkSighting]
    /// What operators granted, oldest first.
    package var grants: [Grant]
    /// The warnings that were given, oldest first, and when something started it again soon after a stop; a trial of a
    /// policy makes its own.
    package var warnings: [Warning]
    package var restarts: [Timestamp]

    /// The notebook as it was for a while, without address and token.
    package struct Portrait: Sendable, Equatable {
        package var since: Timestamp
        /// Nil where it is so still.
        package var until: Timestamp?
        package var notebook: Notebook

        package init(since: Timestamp, until: Timestamp?, notebook: Notebook) {
            (self.since, self.until, self.notebook) = (since, until, notebook)
        }
    }

    /// One run of the notebook.
    package struct Run: Sendable, Equatable {
        package var beganAt: Timestamp
        /// Whether its start was witnessed; else it may have been running before.
        package var isStart: Bool
        /// Nil where it goes on.
        package var endedAt: Timestamp?

        package init(beganAt: Timestamp, isStart: Bool, endedAt: Timestamp?) {
            (self.beganAt, self.isStart, self.endedAt) = (beganAt, isStart, endedAt)
        }
    }

    /// Looks of one source in a row that said the same.
    package struct Look: Sendable, Equatable {
        package var firstAt: Timestamp
        package var lastAt: Timestamp
        package var activity: Activity
        package var serverStartedAt: Timestamp?
        package var detail: String

        package init(
            firstAt: Timestamp,
            lastAt: Timestamp,
            activity: Activity,
            serverStartedAt: Timestamp? = nil,
            detail: String = ""
        ) {
            (self.firstAt, self.lastAt, self.activity) = (firstAt, lastAt, activity)
            (self.serverStartedAt, self.detail) = (serverStartedAt, detail)
        }
    }

    package init(
        id: NotebookID,
        portraits: [Portrait] = [],
        runs: [Run] = [],
        looks: [EvidenceName: [Look]] = [:],
        stops: [Timestamp] = [],
        marks: [MarkSighting] = [],
        grants: [Grant] = [],
        warnings: [Warning] = [],
        restarts: [Timestamp] = []
    ) {
        (self.id, self.portraits, self.runs, self.looks) = (id, portraits, runs, looks)
        (self.stops, self.marks, self.grants) = (stops, marks, grants)
        (self.warnings, self.restarts) = (warnings, restarts)
    }
}

/// What was recorded of all notebooks within a time.
package struct FleetHistory: Sendable, Equatable {
    /// From when on something is recorded, and until when.
    package var from: Timestamp
    package var to: Timestamp
    /// Sorted by their ids.
    package var notebooks: [NotebookHistory]

    package init(from: Timestamp, to: Timestamp, notebooks: [NotebookHistory]) {
        (self.from, self.to, self.notebooks) = (from, to, notebooks)
    }
}
