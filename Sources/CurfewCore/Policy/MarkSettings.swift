// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// How a notebook's own user asks for keep-alive.
package struct MarkSettings: Sendable, Equatable {
    /// The key of the tag that marks; its value is `true`, a date or an instant.
    ///
    /// Nil when tags do not mark.
    package var tag: String?
    /// The word that marks in the description, as `word=2026-12-01`.
    ///
    /// Nil when descriptions do not mark.
    package var description: String?
    /// No mark holds longer than this, counted from when it was first seen.
    package var longest: Duration
    /// The zone in which a mark's date ends.
    package var zone: TimeZone

    package init(
        tag: String? = nil,
        description: String? = nil,
        longest: Duration = .seconds(14 * 86_400),
        zone: TimeZone = .gmt
    ) {
        self.tag = tag
        self.description = description
        self.longest = longest
        self.zone = zone
    }
}
