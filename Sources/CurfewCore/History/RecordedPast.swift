// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What the daemon recorded of one notebook around an instant: what it really decided and did.
package struct RecordedPast: Sendable, Equatable {
    /// What was done to it before the instant and after it, the nearest of both, oldest first.
    package var actions: [RecordedAction]
    /// Why no stop went out at that instant.
    package var holds: [HoldInForce]
    /// The policy in force then; nil where none is recorded.
    package var policy: PolicyInForce?
    /// Whether a daemon was alive then.
    package var isWatched: Bool

    package struct PolicyInForce: Sendable, Equatable {
        /// Of the bytes of its file.
        package var digest: String
        package var mode: String
        package var since: Timestamp

        package init(digest: String, mode: String, since: Timestamp) {
            (self.digest, self.mode, self.since) = (digest, mode, since)
        }
    }

    package init(
        actions: [RecordedAction] = [],
        holds: [HoldInForce] = [],
        policy: PolicyInForce? = nil,
        isWatched: Bool = false
    ) {
        (self.actions, self.holds, self.policy, self.isWatched) = (actions, holds, policy, isWatched)
    }
}
