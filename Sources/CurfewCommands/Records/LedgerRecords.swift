// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import ControlProtocol
import CurfewCore

/// The history and the report, from the ledger of a state directory.
///
/// It opens the file for each question and closes it again: a ledger that was moved aside is never asked by mistake, and no
/// connection lies idle.
struct LedgerRecords: Sendable {
    let directory: String

    /// What was done since an instant; throws `LedgerError` and `NotebookReference.Unresolved`.
    func history(
        of notebook: NotebookReference?,
        since: Timestamp,
        limit: Int,
        now: Timestamp
    ) async throws -> HistoryDocument {
        let reader = try LedgerReader(directory: directory)
        var id: NotebookID?
        if let notebook {
            let candidates = try await reader.notebooks(called: notebook.text)
            id = try notebook.resolve(among: candidates.map(NotebookName.init))
        }
        let actions = try await reader.actions(since: since, limit: limit, of: id)
        return HistoryDocument(actions, since: since, limit: limit, generatedAt: now)
    }

    /// Who ran how much within a time, and what stops saved; throws `LedgerError`.
    func report(from: Timestamp, to: Timestamp, prices: PriceList?, now: Timestamp) async throws -> ReportDocument {
        let report = try await LedgerReader(directory: directory).report(from: from, to: to, prices: prices)
        return ReportDocument(report, generatedAt: now)
    }
}
