// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// One notebook's decision as JSON.
///
/// Instants are UTC with milliseconds.
package struct DecisionDocument: Codable, Equatable, Sendable {
    package let notebook: NotebookDocument
    @ExplicitNull package var lease: LeaseDocument?
    /// The keep-alive mark or grant that holds; null when none does.
    @ExplicitNull package var mark: MarkDocument?
    /// `prolong`, `stop`, `warn` or `leave`.
    package let action: String
    @ExplicitNull package var rule: String?
    package let reasons: [ReasonDocument]
    @ExplicitNull package var activity: ActivityDocument?
    @ExplicitNull package var deadline: String?
    @ExplicitNull package var nextReview: String?

    /// The document of a decision about the notebook of `record`.
    package init(_ decision: Decision, record: NotebookRecord) {
        notebook = NotebookDocument(record.notebook)
        lease = record.notebook.lease.lease.map(LeaseDocument.init)
        mark = decision.mark.map(MarkDocument.init)
        action = decision.action.name
        rule = decision.rule
        reasons = decision.reasons.map { ReasonDocument(code: $0.code, text: $0.description) }
        activity = decision.activity.map(ActivityDocument.init)
        deadline = decision.deadline?.description
        nextReview = decision.nextReview?.description
    }
}

/// What a notebook is called and what it is doing.
package struct NotebookDocument: Codable, Equatable, Sendable {
    package let id: String
    package let name: String
    @ExplicitNull package var owner: String?
    @ExplicitNull package var flavor: String?
    package let status: String

    init(_ notebook: Notebook) {
        id = notebook.id.text
        name = notebook.name
        owner = notebook.owner.name ?? notebook.owner.id
        flavor = notebook.flavor
        status = notebook.status.description
    }
}

/// A lease that could be read.
package struct LeaseDocument: Codable, Equatable, Sendable {
    package let enabled: Bool
    package let type: String
    /// Null when the lease cannot run out.
    @ExplicitNull package var expiresAt: String?

    init(_ lease: Lease) {
        enabled = lease.isEnabled
        type = lease.kind.description
        expiresAt = lease.expiry?.description
    }
}

/// A keep-alive mark or grant that holds.
package struct MarkDocument: Codable, Equatable, Sendable {
    /// `tag`, `description` or `grant`.
    package let origin: String
    package let until: String
    /// Who granted it; null for what the notebook itself carries.
    @ExplicitNull package var grantedBy: String?
    @ExplicitNull package var reason: String?

    init(_ mark: MarkInForce) {
        origin = mark.origin.name
        until = mark.until.description
        if case .grant(let person) = mark.origin { grantedBy = person }
        reason = mark.reason
    }
}

/// A ground of a decision, by its stable code and in words.
package struct ReasonDocument: Codable, Equatable, Sendable {
    package let code: String
    package let text: String
}

/// What all evidence together says.
package struct ActivityDocument: Codable, Equatable, Sendable {
    /// `active`, `idle` or `unknown`.
    package let state: String
    package let lastActivityAt: String
    package let evidence: [EvidenceDocument]

    init(_ verdict: ActivityVerdict) {
        state = verdict.stateName
        lastActivityAt = verdict.lastActivityAt.description
        evidence = verdict.evidence.map(EvidenceDocument.init)
    }
}

/// One look of one source.
package struct EvidenceDocument: Codable, Equatable, Sendable {
    package let source: String
    package let state: String
    package let observedAt: String
    @ExplicitNull package var detail: String?

    init(_ observation: Observation) {
        source = observation.source.text
        observedAt = observation.observedAt.description
        switch observation.activity {
        case .active:
            state = "active"
            detail = observation.detail
        case .idle(let since):
            state = "idle"
            detail = observation.detail.isEmpty ? "idle since \(since)" : observation.detail
        case .unknown(let why):
            state = "unknown"
            detail = why.description
        }
    }
}

extension ActivityVerdict {
    /// The state's name in JSON.
    var stateName: String {
        switch state {
        case .active: "active"
        case .idle: "idle"
        case .unknown: "unknown"
        }
    }
}
