// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What a rule wants to know of a notebook's use: from whom, and how far back.
package struct EvidenceQuestion: Hashable, Sendable {
    package var sources: [EvidenceName]
    /// How long the rule lets the notebook be idle; a source that sums up a span of time looks back as far.
    package var budget: Duration

    package init(sources: [EvidenceName], budget: Duration) {
        self.sources = sources
        self.budget = budget
    }

    /// For whatever needs no evidence.
    package static let none = EvidenceQuestion(sources: [], budget: .zero)
}

extension IdleBudget {
    /// What the rule of these terms asks.
    package var question: EvidenceQuestion {
        EvidenceQuestion(sources: evidence.sources.map(\.source), budget: budget)
    }
}
