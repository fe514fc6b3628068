// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What is to become of one notebook now, and everything that explains it.
///
/// The journal line, the ledger row, `plan`, the demo and the tests are all made from this one value.
package struct Decision: Sendable, Equatable {
    package var notebook: NotebookID
    package var action: Action
    /// The rule that decided; nil when none matched or none was asked.
    package var rule: String?
    package var reasons: [Reason]
    /// What the evidence said; nil where the rule asks for none.
    package var activity: ActivityVerdict?
    /// When the notebook will be stopped if nothing new is seen; nil when that is not to be expected.
    package var deadline: Timestamp?
    /// The next instant at which the decision could change without new facts; nil when only new facts can change it.
    package var nextReview: Timestamp?
    /// From when on a new look at the evidence matters; nil when it never does.
    package var probe: ProbeNeed?

    /// What is to be done.
    package enum Action: Hashable, Sendable {
        case leave
        /// Tell that the notebook will be stopped at the given instant.
        case warn(stopAt: Timestamp)
        /// Set the lease's remaining time to `duration`, with the given type.
        case prolong(Duration, Lease.Kind)
        case stop
    }

    /// What to look for, and from when on.
    package struct ProbeNeed: Hashable, Sendable {
        package var question: EvidenceQuestion
        package var at: Timestamp

        package init(_ question: EvidenceQuestion, at: Timestamp) {
            self.question = question
            self.at = at
        }
    }

    init(
        _ action: Action,
        for notebook: NotebookID,
        rule: String? = nil,
        reasons: [Reason],
        activity: ActivityVerdict? = nil,
        deadline: Timestamp? = nil,
        nextReview: Timestamp? = nil,
        probe: ProbeNeed? = nil
    ) {
        self.notebook = notebook
        self.action = action
        self.rule = rule
        self.reasons = reasons
        self.activity = activity
        self.deadline = deadline
        self.nextReview = nextReview
        self.probe = probe
    }

    /// The keep-alive mark or grant that holds for the notebook; nil when none does.
    package var mark: MarkInForce? {
        reasons.lazy.compactMap { if case .marked(let mark) = $0 { mark } else { nil } }.first
    }

    /// Whether the notebook is to be stopped now, as soon as a fresh look agrees.
    package func isDue(_ now: Timestamp) -> Bool { action == .stop || deadline.map { $0 <= now } ?? false }

    /// The same decision with its stop held back.
    package func held(by hold: Hold) -> Decision {
        var copy = self
        copy.action = .leave
        copy.reasons.insert(.held(hold), at: 0)
        return copy
    }
}

extension Decision.Action {
    /// The action's name in JSON, journals and tables.
    package var name: String {
        switch self {
        case .leave: "leave"
        case .warn: "warn"
        case .prolong: "prolong"
        case .stop: "stop"
        }
    }
}
