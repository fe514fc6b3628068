// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore
import CurfewEngine
import Synchronization

/// Answers the daemon's clients from the ledger, on connections of their own: neither the loop nor what is recorded waits.
///
/// A few at a time and each for a bounded time, so that no client can keep the machine busy, or the ledger's journal from
/// being cleared, by asking for much.
final class RecordsDesk: Sendable {
    /// Why an answer is not given now.
    enum Refusal: Error, Equatable {
        case busy
        case tooLong
    }

    private let records: LedgerRecords
    private let time: any TimeSource
    private let asking = Mutex(0)

    /// So many are answered at a time.
    static let most = 4
    private static let longest: Duration = .seconds(30)

    init(_ records: LedgerRecords, time: any TimeSource) {
        (self.records, self.time) = (records, time)
    }

    /// What was done since an instant (a week ago); throws `LedgerError`, `NotebookReference.Unresolved` and `Refusal`.
    func history(of notebook: NotebookReference?, since: Timestamp?, limit: Int) async throws -> HistoryDocument {
        let now = time.now
        return try await answer { records in
            let since = since ?? now - .seconds(7 * 86_400)
            return try await records.history(of: notebook, since: since, limit: limit, now: now)
        }
    }

    /// Who ran how much (in the last 30 days), and what stops saved; throws `LedgerError` and `Refusal`.
    func report(since: Timestamp?, until: Timestamp?, prices: PriceList?) async throws -> ReportDocument {
        let now = time.now
        return try await answer { records in
            let to = until ?? now
            return try await records.report(from: since ?? to - .seconds(30 * 86_400), to: to, prices: prices, now: now)
        }
    }

    private func answer<Document: Sendable>(
        _ question: @escaping @Sendable (LedgerRecords) async throws -> Document
    ) async throws -> Document {
        try asking.withLock { count throws(Refusal) in
            guard count < Self.most else { throw .busy }
            count += 1
        }
        defer { asking.withLock { $0 -= 1 } }
        return try await withThrowingTaskGroup(of: Document?.self) { [records, time] group in
            group.addTask { try await question(records) }
            group.addTask {
                try await time.sleep(until: time.now + Self.longest)
                return nil
            }
            defer { group.cancelAll() }
            guard let document = try await group.next() ?? nil else { throw Refusal.tooLong }
            return document
        }
    }
}

extension RecordsDesk.Refusal: CustomStringConvertible {
    /// What happened and what to do next.
    var description: String {
        switch self {
        case .busy: "others are reading the ledger; ask again in a few seconds"
        case .tooLong: "the ledger could not be read in time; ask for a shorter time"
        }
    }
}
