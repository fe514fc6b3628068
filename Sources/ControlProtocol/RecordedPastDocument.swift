// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// What the daemon recorded of a notebook around an instant.
package struct RecordedPastDocument: Codable, Equatable, Sendable {
    /// Whether a daemon was alive at that instant.
    package let watched: Bool
    /// The digest of the policy in force then; null where none is recorded.
    @ExplicitNull package var policyDigest: String?
    /// Whether that is the policy by which is explained; null where it cannot be told.
    @ExplicitNull package var samePolicy: Bool?
    @ExplicitNull package var mode: String?
    package let holds: [HoldDocument]
    package let warnings: [RecordedWarningDocument]
    package let actions: [RecordedActionDocument]

    init(_ past: RecordedPast, policy: Policy) {
        watched = past.isWatched
        holds = past.holds.map(HoldDocument.init)
        warnings = past.warnings.map(RecordedWarningDocument.init)
        actions = past.actions.map(RecordedActionDocument.init)
        policyDigest = past.policy?.digest
        mode = past.policy?.mode
        if let digest = past.policy?.digest, !digest.isEmpty, !policy.digest.isEmpty {
            samePolicy = digest == policy.digest
        }
    }
}

/// A warning that was given.
package struct RecordedWarningDocument: Codable, Equatable, Sendable {
    package let at: String
    package let rule: String
    package let stopAt: String

    init(_ warning: RecordedPast.Warned) {
        (at, rule, stopAt) = (warning.at.description, warning.rule, warning.stopAt.description)
    }
}

/// A stop or renewal, as it was decided and as it ended.
package struct RecordedActionDocument: Codable, Equatable, Sendable {
    package let action: String
    @ExplicitNull package var rule: String?
    package let reasons: [ReasonDocument]
    package let decidedAt: String
    @ExplicitNull package var deadline: String?
    /// `confirmed`, `overtaken`, `gone`, `abandoned`, `found-happened`, `found-not-happened` or `found-gone`; null while
    /// it is open.
    @ExplicitNull package var outcome: String?
    @ExplicitNull package var detail: String?
    @ExplicitNull package var endedAt: String?

    init(_ action: RecordedPast.Action) {
        self.action = action.action
        reasons = action.reasons.map { ReasonDocument(code: $0.code, text: $0.text) }
        decidedAt = action.decidedAt.description
        rule = action.rule
        deadline = action.deadline?.description
        outcome = action.outcome
        detail = action.detail
        endedAt = action.endedAt?.description
    }
}
