// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// One line of the policy: which notebooks it is about and what becomes of them.
package struct Rule: Sendable, Equatable {
    /// Unique within the policy; shown with every decision.
    package var name: String
    package var match: Selector
    package var outcome: Outcome

    package init(name: String, match: Selector = Selector(), outcome: Outcome) {
        self.name = name
        self.match = match
        self.outcome = outcome
    }
}
