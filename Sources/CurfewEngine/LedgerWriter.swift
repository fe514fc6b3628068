// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Writes the ledger's entries one at a time, so that no outcome stands before its intent.
///
/// It is no part of the work that a shutdown drops: whatever was decided last is written too.
struct LedgerWriter: Sendable {
    let ports: EnginePorts
    let triggers: AsyncStream<Trigger>.Continuation

    /// An entry and the attempt that waits for it.
    struct Record: Sendable {
        var entry: LedgerEntry
        var attempt: AttemptID
    }

    /// Writes until the sequence ends.
    func write(_ records: AsyncStream<Record>) async {
        for await record in records { await write(record) }
    }

    private func write(_ record: Record) async {
        var failure: String?
        do {
            try await ports.ledger.record(record.entry)
        } catch {
            failure = String(describing: error)
        }
        if case .intent = record.entry.event {
            triggers.yield(.intentRecorded(record.attempt, failure: failure))
        } else if let failure {
            ports.report(.ledgerFailed(record.entry.notebook, failure))
        }
    }
}
