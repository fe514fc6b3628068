// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Which notebooks a rule is about: conditions that must all hold.
///
/// No condition at all matches every notebook.
package struct Selector: Sendable, Equatable {
    package var conditions: [Condition]

    /// One condition; the globs of one condition are alternatives.
    package indirect enum Condition: Sendable, Equatable {
        case id([Glob])
        case name([Glob])
        /// Matches the owner's user name or user id.
        case owner([Glob])
        case workspace([Glob])
        case flavor([Glob])
        /// Matches the image's name or id.
        case image([Glob])
        /// Matches the dedicated pool's name or id; a notebook outside a dedicated pool matches no glob.
        case pool([Glob])
        case feature([Glob])
        /// Matches when the notebook carries the tag `key` with a matching value.
        case tag(key: String, [Glob])
        case description([Glob])
        case leaseType([Lease.Kind])
        /// Whether a keep-alive mark is in force.
        case marked(Bool)
        /// Matches once the notebook has been running for at least this long since it last became RUNNING.
        case runningFor(Duration)
        /// Matches at these times.
        case during(During)
        /// Matches when the notebook's group has used more than the budget allows.
        case spent(UsageBudget)
        case not(Selector)
    }

    package init(_ conditions: [Condition] = []) {
        self.conditions = conditions
    }
}
