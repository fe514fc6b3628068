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
    /// When the answer arrived; of a source that sums up a span, when it was asked.
    package var observedAt: Timestamp
    /// The stretch of time that the answer sums up; nil for a source that tells when the notebook was last used.
    package var span: ObservedSpan?
    /// When the notebook's own server says it started; the beginning of this run of the notebook.
    package var serverStartedAt: Timestamp?
    /// What was seen, for people: `kernel 8954 busy`.
    package var detail: String
    /// What was seen besides, where the source can tell; no decision rests on it.
    package var signals: Signals

    package init(
        source: EvidenceName,
        activity: Activity,
        observedAt: Timestamp,
        span: ObservedSpan? = nil,
        serverStartedAt: Timestamp? = nil,
        detail: String = "",
        signals: Signals = Signals()
    ) {
        self.source = source
        self.activity = activity
        self.observedAt = observedAt
        self.span = span
        self.serverStartedAt = serverStartedAt
        self.detail = detail
        self.signals = signals
    }
}

/// Figures behind a look, for the question whether a person is at work or a script pretends it.
///
/// A source fills in what its answer holds anyway; nil is what it cannot tell.
package struct Signals: Hashable, Sendable {
    /// How many clients, such as browser tabs, are connected to the notebook's kernels.
    package var connections: Int?
    /// When a kernel last finished executing; nil also while one is executing.
    package var executedAt: Timestamp?
    /// Whether a kernel is executing now, or about to.
    package var isExecuting: Bool
    /// The use that a metric shows, in whatever unit it has.
    package var load: Double?

    package init(
        connections: Int? = nil,
        executedAt: Timestamp? = nil,
        isExecuting: Bool = false,
        load: Double? = nil
    ) {
        self.connections = connections
        self.executedAt = executedAt
        self.isExecuting = isExecuting
        self.load = load
    }
}
