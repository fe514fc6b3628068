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
    /// What was done to it, the nearest before the instant and after it, oldest first.
    package let actions: [HistoryActionDocument]

    init(_ past: RecordedPast, policy: Policy) {
        watched = past.isWatched
        holds = past.holds.map(HoldDocument.init)
        actions = past.actions.map(HistoryActionDocument.init)
        policyDigest = past.policy?.digest
        mode = past.policy?.mode
        if let digest = past.policy?.digest, !digest.isEmpty, !policy.digest.isEmpty {
            samePolicy = digest == policy.digest
        }
    }
}
