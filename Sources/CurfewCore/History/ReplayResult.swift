// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A stop that a policy would have made.
package struct ReplayedStop: Sendable, Equatable {
    package var notebook: Notebook
    package var at: Timestamp
    package var rule: String
    package var reasons: [Reason]
    /// Until when the notebook would have been off: its real end, or the next use that is proven.
    package var offUntil: Timestamp
    /// The next use in the same run, which in truth was not interrupted; nil when none is known.
    package var usedAgainAt: Timestamp?
    /// When the daemon really stopped the notebook in that run, if it did.
    package var realStopAt: Timestamp?

    /// The running time that it would have saved.
    package var saved: Duration { offUntil - at }

    /// Whether somebody was at work again so soon that the stop was probably wrong.
    package func isLikelyWrong(within soon: Duration) -> Bool { usedAgainAt.map { $0 - at <= soon } ?? false }
}

/// What a policy would have done with one notebook.
package struct NotebookReplay: Sendable, Equatable {
    /// In the order of time.
    package var stops: [ReplayedStop] = []
    /// How long it really ran.
    package var ran: Duration = .zero
    /// How long it may have been over its budget while nothing tells whether it was in use.
    package var unjudged: Duration = .zero

    package init() {}
}
