// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The name of a source of activity, as the policy's `evidence:` gives it.
package struct EvidenceName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package var description: String { text }
}

/// One look of one source at one notebook.
///
/// Freshness is part of it: a reader can always tell when the look was taken, and an old one is no evidence.
package struct Observation: Hashable, Sendable {
    package var source: EvidenceName
    package var activity: Activity
    /// When the answer arrived.
    package var observedAt: Timestamp
    /// When the notebook's own server says it started; the beginning of this run of the notebook.
    package var serverStartedAt: Timestamp?
    /// What was seen, for people: `kernel 8954 busy`.
    package var detail: String

    package init(
        source: EvidenceName,
        activity: Activity,
        observedAt: Timestamp,
        serverStartedAt: Timestamp? = nil,
        detail: String = ""
    ) {
        self.source = source
        self.activity = activity
        self.observedAt = observedAt
        self.serverStartedAt = serverStartedAt
        self.detail = detail
    }
}
