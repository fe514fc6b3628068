// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What the holds of a snapshot make of its decisions, as `Planner.plan` does with a whole plan.
package struct Holding: Sendable {
    private let hold: Hold?
    /// What still holds a stop that was approved.
    private let holdOfApproved: Hold?
    private let approved: Set<NotebookID>

    package init(_ snapshot: EngineSnapshot) {
        hold = snapshot.holds.first?.hold
        holdOfApproved = snapshot.holds.first { !$0.hold.isOfGuard }?.hold
        approved = Set(snapshot.approvedStops)
    }

    /// The notebook's decision, with its stop held back where something holds it.
    package func decision(of view: NotebookView) -> Decision {
        guard view.decision.action == .stop, let hold = approved.contains(view.id) ? holdOfApproved : hold else {
            return view.decision
        }
        return view.decision.held(by: hold)
    }
}
