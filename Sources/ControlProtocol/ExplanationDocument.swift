// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What `explain --json` prints: why a notebook is treated as it is, or was at a past instant.
package struct ExplanationDocument: Codable, Equatable, Sendable {
    package let generatedAt: String
    /// The instant that was asked about; null for the present.
    @ExplicitNull package var at: String?
    /// The facts that it rests on: `daemon`, what the running daemon sees, or `ledger`, what was recorded.
    package let source: String
    package let mode: String
    /// The policy's file.
    package let policy: String
    package let notebook: NotebookDocument
    @ExplicitNull package var lease: LeaseDocument?
    /// The keep-alive mark or grant that holds; null when none does.
    @ExplicitNull package var mark: MarkDocument?
    /// When it last became RUNNING; null when it is not.
    @ExplicitNull package var runningSince: String?
    /// `prolong`, `stop`, `warn` or `leave`; `leave` where a hold stands in the way of a stop.
    package let action: String
    @ExplicitNull package var rule: String?
    package let reasons: [ReasonDocument]
    /// `stop` or `prolong` while it is being done; null when nothing is.
    @ExplicitNull package var underWay: String?
    /// Whether what is under way has failed so often that it needs a person.
    package let stuck: Bool
    package let rules: [RuleTrialDocument]
    /// What all evidence together says; null where the rule asks for none.
    @ExplicitNull package var activity: ActivityStateDocument?
    package let evidence: [EvidenceTrialDocument]
    package let deadlines: DeadlinesDocument
    /// Why no stop goes out, of any notebook.
    package let holds: [HoldDocument]
    /// What becomes of it by itself, if nobody uses it: until its stop, or as far as can be told.
    package let outlook: [OutlookDocument]
    package let alternatives: [AlternativeDocument]
    /// What was recorded of it around the instant; null where there is no ledger to ask.
    @ExplicitNull package var recorded: RecordedPastDocument?

    /// What the document tells besides the explanation.
    package struct Setting: Sendable {
        package var generatedAt: Timestamp
        package var at: Timestamp?
        /// The policy's file.
        package var policy: String
        package var recorded: RecordedPast?
        /// As in the document; of a running daemon only.
        package var underWay: String?
        package var isStuck = false
        /// Whether the facts are those of the running daemon, not the ledger's.
        package var isLive: Bool

        package init(generatedAt: Timestamp, at: Timestamp?, policy: String, isLive: Bool, recorded: RecordedPast?) {
            (self.generatedAt, self.at, self.policy) = (generatedAt, at, policy)
            (self.isLive, self.recorded) = (isLive, recorded)
        }
    }

    package init(_ explanation: Explanation, _ setting: Setting) {
        let (record, decision) = (explanation.record, explanation.decision)
        generatedAt = setting.generatedAt.description
        source = setting.isLive ? "daemon" : "ledger"
        mode = explanation.policy.mode.rawValue
        policy = setting.policy
        notebook = NotebookDocument(record.notebook)
        let hold = explanation.holdInTheWay
        action = hold == nil ? decision.action.name : "leave"
        reasons =
            (hold.map { [ReasonDocument(code: $0.code, text: $0.text)] } ?? [])
            + decision.reasons.map(ReasonDocument.init)
        stuck = setting.isStuck
        rules = explanation.rules.map(RuleTrialDocument.init)
        evidence = explanation.evidence.map(EvidenceTrialDocument.init)
        deadlines = DeadlinesDocument(explanation.deadlines)
        holds = explanation.holds.map(HoldDocument.init)
        outlook = explanation.outlook.map(OutlookDocument.init)
        alternatives = explanation.alternatives.map(AlternativeDocument.init)
        at = setting.at?.description
        lease = record.notebook.lease.lease.map(LeaseDocument.init)
        mark = decision.mark.map(MarkDocument.init)
        runningSince = record.notebook.status.isRunning ? record.runningSince.description : nil
        rule = decision.rule
        underWay = setting.underWay
        activity = decision.activity.map(ActivityStateDocument.init)
        recorded = setting.recorded.map { RecordedPastDocument($0, policy: explanation.policy) }
    }
}

/// What all evidence together says, without the looks themselves.
package struct ActivityStateDocument: Codable, Equatable, Sendable {
    /// `active`, `idle` or `unknown`.
    package let state: String
    /// The last activity that is known of this run, or when the run began.
    package let lastActivityAt: String

    init(_ verdict: ActivityVerdict) {
        (state, lastActivityAt) = (verdict.stateName, verdict.lastActivityAt.description)
    }
}

/// The instants that matter for a notebook, each null where there is none.
package struct DeadlinesDocument: Codable, Equatable, Sendable {
    @ExplicitNull package var idleBudgetSpentAt: String?
    @ExplicitNull package var warnAt: String?
    @ExplicitNull package var warnedAt: String?
    @ExplicitNull package var stopAt: String?
    @ExplicitNull package var leaseEndsAt: String?
    @ExplicitNull package var renewalAt: String?
    @ExplicitNull package var lookAt: String?
    @ExplicitNull package var reviewAt: String?

    init(_ deadlines: Deadlines) {
        idleBudgetSpentAt = deadlines.idleBudgetSpentAt?.description
        warnAt = deadlines.warnAt?.description
        warnedAt = deadlines.warnedAt?.description
        stopAt = deadlines.stopAt?.description
        leaseEndsAt = deadlines.leaseEndsAt?.description
        renewalAt = deadlines.renewalAt?.description
        lookAt = deadlines.lookAt?.description
        reviewAt = deadlines.reviewAt?.description
    }
}

/// A change of the decision that comes by itself.
package struct OutlookDocument: Codable, Equatable, Sendable {
    package let at: String
    /// Whether its lease runs out then, so that the cloud ends it; the action is `leave`.
    package let leaseEnds: Bool
    package let action: String
    @ExplicitNull package var rule: String?
    package let reasons: [ReasonDocument]

    init(_ change: ForeseenChange) {
        (at, action, leaseEnds) = (change.at.description, change.action.name, change.isLeaseEnd)
        reasons = change.reasons.map(ReasonDocument.init)
        rule = change.rule
    }
}

/// What an event of now would make of the notebook.
package struct AlternativeDocument: Codable, Equatable, Sendable {
    /// `used`, `marked`, `granted` or `released`.
    package let event: String
    package let changesNothing: Bool
    package let action: String
    @ExplicitNull package var rule: String?
    package let reasons: [ReasonDocument]
    package let outlook: [OutlookDocument]

    init(_ alternative: Alternative) {
        (event, changesNothing) = (alternative.event.rawValue, alternative.changesNothing)
        action = alternative.decision.action.name
        reasons = alternative.decision.reasons.map(ReasonDocument.init)
        outlook = alternative.outlook.map(OutlookDocument.init)
        rule = alternative.decision.rule
    }
}

extension ReasonDocument {
    init(_ reason: Reason) {
        self.init(code: reason.code, text: reason.description)
    }
}
