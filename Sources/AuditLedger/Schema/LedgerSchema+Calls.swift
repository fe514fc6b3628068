// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension LedgerSchema {
    /// What an action took until it ended, so that the history tells how often the cloud was asked.
    static let calls = """
        ALTER TABLE actions ADD COLUMN sent_at INTEGER; -- when its request went out for the last time; NULL if none did
        ALTER TABLE actions ADD COLUMN sendings INTEGER; -- how often it went out; NULL while open, or for older rows
        """
}
