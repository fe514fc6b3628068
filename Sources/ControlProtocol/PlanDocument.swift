// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What `plan --json` prints: a decision for every notebook at one moment.
package struct PlanDocument: Codable, Equatable, Sendable {
    package let generatedAt: String
    /// The instant that was asked about; null for the present.
    @ExplicitNull package var at: String?
    package let mode: String
    package let decisions: [DecisionDocument]

    /// The document of a plan; `records` and the plan's decisions are in the same order.
    package init(_ plan: Plan, records: [NotebookRecord], mode: Policy.Mode, now: Timestamp, at: Timestamp? = nil) {
        generatedAt = now.description
        self.at = at?.description
        self.mode = mode.rawValue
        decisions = zip(records, plan.decisions).map { DecisionDocument($1, record: $0) }
    }
}
