// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// The record of what the daemon meant to do and what came of it.
///
/// An intent is recorded before any call goes out; a ledger that cannot take it keeps the call from going out.
package protocol Ledger: Sendable {
    /// Keeps the entry; returns when it is as durable as this ledger makes it.
    func record(_ entry: LedgerEntry) async throws
}

/// One line of the record.
package struct LedgerEntry: Sendable {
    /// The number of the action within this run of the daemon; intent and outcome of one action share it.
    package var action: Int
    package var notebook: Notebook
    package var at: Timestamp
    package var event: Event

    package enum Event: Sendable {
        /// What is about to be done, and everything that explains it.
        case intent(Decision)
        case outcome(ActionAttempt.Outcome)
    }
}
