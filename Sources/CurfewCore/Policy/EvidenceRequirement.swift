// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Which sources must speak before a notebook counts as idle.
package struct EvidenceRequirement: Sendable, Equatable {
    package var sources: [Use]
    /// How many sources must speak at least; never fewer than one.
    package var atLeast: Int

    /// One source as a rule uses it.
    package struct Use: Sendable, Equatable {
        package var source: EvidenceName
        /// Whether the source may be silent as long as another one speaks.
        package var isOptional: Bool
        /// Older looks than this count as unknown; nil for the planner's own limit alone.
        package var maxAge: Duration?

        package init(source: EvidenceName, isOptional: Bool = false, maxAge: Duration? = nil) {
            self.source = source
            self.isOptional = isOptional
            self.maxAge = maxAge
        }
    }

    package init(sources: [Use], atLeast: Int = 1) {
        self.sources = sources
        self.atLeast = max(1, atLeast)
    }
}
