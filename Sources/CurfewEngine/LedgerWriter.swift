// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Synchronization

/// Writes the ledger's entries in order, as many at a time as have come meanwhile.
///
/// In order, so that no outcome stands before its intent; together, because each writing waits for the disk. It is no part
/// of the work that a shutdown drops: whatever was decided last is written too.
final class LedgerWriter: Sendable {
    private let ledger: any Ledger
    private let report: @Sendable (EngineReport) -> Void
    private let triggers: AsyncStream<Trigger>.Continuation
    /// How many entries wait for a ledger that fails; then the oldest are dropped.
    private static let capacity = 10_000

    private let isFailing = Atomic(false)
    private let pending = Mutex(Pending())
    private let arrivals: AsyncStream<Void>
    private let arrived: AsyncStream<Void>.Continuation

    /// An entry and the attempt or the act that waits for it, if one does.
    struct Record: Sendable {
        var entry: LedgerEntry
        var attempt: AttemptID?
        var act: Int?
    }

    /// A question for who used how much.
    private struct Question {
        let number: Int
        let since: Timestamp
    }

    private struct Pending {
        var records: [Record] = []
        /// To be answered behind all records that were there before.
        var questions: [Question] = []
    }

    init(ports: EnginePorts, triggers: AsyncStream<Trigger>.Continuation) {
        ledger = ports.ledger
        report = ports.report
        self.triggers = triggers
        (arrivals, arrived) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Puts a record in the queue.
    func add(_ record: Record) {
        pending.withLock { $0.records.append(record) }
        arrived.yield()
    }

    /// Asks who used how much since an instant, once everything that is in the queue has been written.
    func recallUsage(number: Int, since: Timestamp) {
        pending.withLock { $0.questions.append(Question(number: number, since: since)) }
        arrived.yield()
    }

    /// Ends `run()` once everything is written.
    func finish() { arrived.finish() }

    /// Writes until it is finished.
    func run() async {
        for await _ in arrivals { await writePending() }
        await writePending()
    }

    private func writePending() async {
        let work = pending.withLock { pending in
            defer { pending = Pending() }
            return pending
        }
        let failure = work.records.isEmpty ? nil : await write(work.records)
        for question in work.questions { await answer(question, failure: failure) }
    }

    /// What could not be written cannot be read either, so a question behind it is not answered.
    private func answer(_ question: Question, failure: String?) async {
        var result: Result<UsageMemory, UsageUnreadable>
        do {
            result = .success(try await ledger.usage(since: question.since))
        } catch {
            result = .failure(UsageUnreadable(text: String(describing: error)))
        }
        if let failure { result = .failure(UsageUnreadable(text: failure)) }
        triggers.yield(.usageRecalled(number: question.number, result))
    }

    /// Writes the records and says what came of it; gives the failure, if it was one.
    private func write(_ records: [Record]) async -> String? {
        var failure: String?
        do {
            try await ledger.record(records.map(\.entry))
        } catch {
            failure = String(describing: error)
        }
        for record in records {
            if let attempt = record.attempt, case .intent = record.entry.event {
                triggers.yield(.intentRecorded(attempt, failure: failure))
            }
            if let act = record.act { triggers.yield(.actRecorded(act, failure: failure ?? ledger.lossAtEnd)) }
        }
        if failure != nil || isFailing.exchange(failure != nil, ordering: .relaxed) {
            triggers.yield(.ledgerWritten(failure: failure))
        }
        if failure != nil {
            isFailing.store(true, ordering: .relaxed)
            keep(records)
        }
        return failure
    }

    /// Puts back what may still be written later: everything but intents and acts, which are given up, and looks, which
    /// would crowd out what a restarted daemon must know.
    ///
    /// A freeze holds and a policy is in force whether or not it is written, so it is written later too; nobody waits for that.
    private func keep(_ records: [Record]) {
        let kept = records.compactMap { record -> Record? in
            switch record.entry.event {
            case .intent, .observed: nil
            case .acted(_, .frozen), .acted(_, .reloaded): Record(entry: record.entry)
            case .acted: nil
            default: record
            }
        }
        pending.withLock { $0.records = (kept + $0.records).suffix(Self.capacity) }
    }
}
