// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// A source of activity that answers for all notebooks at once.
///
/// It is asked once per sweep, and its answer is spread over the fleet; besides it can be asked like any other source,
/// and then many askers share one question.
package protocol FleetProbe: ActivityProbe {
    /// Looks at the whole fleet now, once for each of the budgets that rules allow.
    func survey(budgets: [Duration]) async -> [Duration: any FleetView]

    /// Looks at one notebook to prepare for a decision, and may wait a moment for others that want to know the same.
    ///
    /// `observe` does not wait: it is what a stop rests on, and asks a question that begins after the call.
    func glance(at notebook: Notebook, budget: Duration) async -> Observation
}

/// What one source said about the whole fleet at one moment.
package protocol FleetView: Sendable {
    /// When it was asked.
    var observedAt: Timestamp { get }

    /// What it said about one notebook, unknown where it said nothing.
    func observation(of notebook: NotebookID) -> Observation
}

/// What a sweep asks a source of the whole fleet.
package struct FleetQuestion: Hashable, Sendable {
    package var source: EvidenceName
    /// The budgets of the rules that rest on it, each once, the shortest first.
    package var budgets: [Duration]

    package init(source: EvidenceName, budgets: [Duration]) {
        self.source = source
        self.budgets = budgets
    }
}
