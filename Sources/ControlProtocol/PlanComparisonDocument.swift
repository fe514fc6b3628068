// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What `plan --against --json` prints: the notebooks that two policies treat differently.
package struct PlanComparisonDocument: Codable, Equatable, Sendable {
    package let generatedAt: String
    /// The instant that was asked about; null for the present.
    @ExplicitNull package var at: String?
    /// The files of the two policies.
    package let before: String
    package let after: String
    /// How many notebooks changed in each way, `unchanged` included.
    package let summary: [String: Int]
    package let changes: [PlanChangeDocument]

    package init(
        generatedAt: Timestamp,
        at: Timestamp?,
        before: String,
        after: String,
        summary: [String: Int],
        changes: [PlanChangeDocument]
    ) {
        self.generatedAt = generatedAt.description
        self.before = before
        self.after = after
        self.summary = summary
        self.changes = changes
        self.at = at?.description
    }
}

/// One notebook under two policies.
package struct PlanChangeDocument: Codable, Equatable, Sendable {
    /// `newly-due`, `no-longer-kept-alive`, `due-earlier`, `due-later`, `no-longer-due`, `newly-kept-alive` or
    /// `otherwise-different`.
    package let change: String
    package let before: DecisionDocument
    package let after: DecisionDocument

    package init(change: String, before: DecisionDocument, after: DecisionDocument) {
        (self.change, self.before, self.after) = (change, before, after)
    }
}
