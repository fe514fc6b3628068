// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

/// One row of a table about the planner: a situation and the decision that must come of it.
struct PlannerCase: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var outcome: Outcome
    var record: NotebookRecord
    var now: Timestamp = noon
    var action: Decision.Action
    var codes: [String]
    var deadline: Timestamp?
    var nextReview: Timestamp?
    var probeAt: Timestamp?

    init(
        _ name: String,
        _ outcome: Outcome,
        _ record: NotebookRecord,
        at now: Timestamp = noon,
        _ action: Decision.Action,
        _ codes: [String],
        deadline: Timestamp? = nil,
        nextReview: Timestamp? = nil,
        probeAt: Timestamp? = nil
    ) {
        testDescription = name
        self.outcome = outcome
        self.record = record
        self.now = now
        self.action = action
        self.codes = codes
        self.deadline = deadline
        self.nextReview = nextReview
        self.probeAt = probeAt
    }

    /// Plans the situation and holds each part of the decision against the row.
    func check(sourceLocation: SourceLocation = #_sourceLocation) {
        let decision = Planner.decide(record, policy: Sample.policy(outcome), now: now)
        #expect(decision.action == action, sourceLocation: sourceLocation)
        #expect(decision.reasons.map(\.code) == codes, sourceLocation: sourceLocation)
        #expect(decision.deadline == deadline, sourceLocation: sourceLocation)
        #expect(decision.nextReview == nextReview, sourceLocation: sourceLocation)
        #expect(decision.probe?.at == probeAt, sourceLocation: sourceLocation)
        #expect(decision.rule == "rule 1", sourceLocation: sourceLocation)
        #expect(decision.notebook == record.notebook.id, sourceLocation: sourceLocation)
    }
}

extension NotebookRecord {
    /// The same record with a warning given.
    func warned(at instant: Timestamp, rule: String = "rule 1") -> NotebookRecord {
        var copy = self
        copy.warning = Warning(rule: rule, givenAt: instant)
        return copy
    }
}
