// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// The engine's whole view at the end of one turn, for readers outside the loop.
package struct EngineSnapshot: Sendable {
    package var takenAt: Timestamp
    package var mode: Policy.Mode
    package var notebooks: [NotebookView]
    /// Why no stop goes out, if so.
    package var holds: [Hold]

    /// One notebook as the engine sees it.
    package struct NotebookView: Sendable {
        package var record: NotebookRecord
        package var decision: Decision
        /// What is under way on it: `stop` or `prolong`; nil when nothing is.
        package var underWay: String?
        package var isStuck: Bool
        /// The sources that its rule asks and that cannot tell about it.
        package var silences: [SourceSilence]
        /// What looked made up of its use in this run, the last of each kind.
        package var implausibilities: [ImplausibilityReport]
    }
}

extension EngineState {
    /// The whole view as a value; costs time in proportion to the fleet.
    package func snapshot(now: Timestamp) -> EngineSnapshot {
        EngineSnapshot(
            takenAt: now,
            mode: policy.mode,
            notebooks: notebooks.values.map { tracked in
                EngineSnapshot.NotebookView(
                    record: tracked.record,
                    decision: tracked.decision,
                    underWay: tracked.attempt?.decision.action.name,
                    isStuck: tracked.attempt?.isStuck ?? false,
                    silences: silences(of: tracked),
                    implausibilities: tracked.implausibilities
                )
            }
            .sorted { $0.record.notebook.id.text < $1.record.notebook.id.text },
            holds: standingHolds
        )
    }

    /// One line on the state of the fleet, for `systemctl status`.
    package func statusLine(now: Timestamp) -> String {
        var kept = 0
        var dark = 0
        var stuck = 0
        var nextStop: Timestamp?
        for tracked in notebooks.values {
            if tracked.decision.reasons.contains(where: { $0.code == "kept-alive" }) { kept += 1 }
            if case .unknown? = tracked.decision.activity?.state, tracked.failedLooks > 0 { dark += 1 }
            if tracked.attempt?.isStuck == true { stuck += 1 }
            nextStop = Planner.earliest(nextStop, tracked.decision.deadline)
        }
        var parts = ["\(policy.mode.rawValue): \(notebooks.count) notebooks, \(fleet.running) running"]
        if kept > 0 { parts.append("\(kept) kept alive") }
        if dark > 0 { parts.append("\(dark) cannot be looked into") }
        if stuck > 0 { parts.append("\(stuck) stuck") }
        if let nextStop { parts.append("next deadline \(nextStop)") }
        return (parts + standingHolds.map(\.description)).joined(separator: "; ")
    }
}
