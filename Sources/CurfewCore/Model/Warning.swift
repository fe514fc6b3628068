// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A warning that a stop is coming, as it was given.
package struct Warning: Hashable, Sendable {
    /// The rule in whose name it was given; another rule warns anew.
    package let rule: String
    package let givenAt: Timestamp

    package init(rule: String, givenAt: Timestamp) {
        self.rule = rule
        self.givenAt = givenAt
    }
}
