// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// That a person holds all stops, until a person ends that.
package struct HandFreeze: Hashable, Sendable {
    /// The user name of who froze them last.
    package var by: String
    /// Since when they have been held without a break.
    package var since: Timestamp
    /// Why, in that person's words.
    package var reason: String?

    package init(by: String, since: Timestamp, reason: String? = nil) {
        (self.by, self.since, self.reason) = (by, since, reason)
    }
}
