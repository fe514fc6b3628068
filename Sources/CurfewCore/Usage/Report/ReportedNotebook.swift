// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What a report needs to know of one notebook.
package struct ReportedNotebook: Sendable, Equatable {
    package var id: NotebookID
    /// Its runs in the order of time; those that are open end when they were last seen.
    package var runs: [Run]
    /// Its stops that happened, in the order of time.
    package var stops: [Stop]
    package var renewals: [Renewals]
    /// What was seen of its use, by source, oldest first.
    package var looks: [EvidenceName: [NotebookHistory.Look]]
    /// When it was gone; nil while it is there.
    package var goneAt: Timestamp?

    package init(
        id: NotebookID,
        runs: [Run] = [],
        stops: [Stop] = [],
        renewals: [Renewals] = [],
        looks: [EvidenceName: [NotebookHistory.Look]] = [:],
        goneAt: Timestamp? = nil
    ) {
        (self.id, self.runs, self.stops, self.renewals) = (id, runs, stops, renewals)
        (self.looks, self.goneAt) = (looks, goneAt)
    }

    /// One run.
    package struct Run: Sendable, Equatable {
        package var run: UsageRun
        /// Whether its start was witnessed; else it may have been running before.
        package var isStart: Bool
        /// The rule of the last stop, renewal or warning in it; nil where there was none.
        package var rule: String?

        package init(_ run: UsageRun, isStart: Bool = true, rule: String? = nil) {
            (self.run, self.isStart, self.rule) = (run, isStart, rule)
        }
    }

    /// A stop that happened.
    package struct Stop: Sendable, Equatable {
        package var at: Timestamp
        package var rule: String?
        /// Whether the daemon that sent it read that it had happened; else nobody saw who stopped the notebook.
        package var isConfirmed: Bool
        /// When the lease would have ended; nil where it had no end, or nobody knows it.
        package var leaseEnd: Timestamp?
        /// When the daemon that stopped it was last alive: after that nobody saw whether it stayed stopped.
        package var watchedUntil: Timestamp

        package init(
            at: Timestamp,
            rule: String? = nil,
            isConfirmed: Bool = true,
            leaseEnd: Timestamp? = nil,
            watchedUntil: Timestamp
        ) {
            (self.at, self.rule, self.isConfirmed) = (at, rule, isConfirmed)
            (self.leaseEnd, self.watchedUntil) = (leaseEnd, watchedUntil)
        }
    }

    /// Renewals under one rule in the time of one run, within the time of the report.
    package struct Renewals: Sendable, Equatable {
        /// The index of the run.
        package var run: Int?
        package var rule: String?
        package var count: Int

        package init(run: Int?, rule: String?, count: Int) {
            (self.run, self.rule, self.count) = (run, rule, count)
        }
    }
}
