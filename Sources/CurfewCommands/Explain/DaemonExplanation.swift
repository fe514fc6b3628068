// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import ControlProtocol
import CurfewCore
import CurfewEngine

/// Explains notebooks for those who ask the running daemon: the present from what it sees, the past from its ledger.
///
/// It reads the board and opens the ledger to read; the loop is never waited for.
struct DaemonExplanation: Sendable {
    let board: SnapshotBoard
    /// The policy's file.
    let policyPath: String
    let stateDirectory: String
    let time: any TimeSource

    /// Why the daemon explains nothing.
    enum Failure: Error {
        /// It has not seen anything yet.
        case notReady
        /// The instant is still to come.
        case future
    }

    /// The explanation of a notebook now, or at a past instant.
    ///
    /// Throws `Failure`, `LedgerExplanation.Failure` and, of a past instant, `LedgerError`.
    func document(of reference: NotebookReference, at instant: Timestamp?) throws -> ExplanationDocument {
        guard let snapshot = board.latest else { throw Failure.notReady }
        if let instant, instant > time.now { throw Failure.future }
        if let instant { return try past(reference, at: instant, snapshot) }
        return present(try view(reference, snapshot), snapshot)
    }

    private func view(_ reference: NotebookReference, _ snapshot: EngineSnapshot) throws -> NotebookView {
        do throws(NotebookReference.Unresolved) {
            let id = try reference.resolve(among: snapshot.notebooks.lazy.map { NotebookName($0.record.notebook) })
            guard let view = snapshot.view(of: id) else { throw .unknown(reference.text) }
            return view
        } catch {
            throw LedgerExplanation.Failure.unresolved(error)
        }
    }

    private func present(_ view: NotebookView, _ snapshot: EngineSnapshot) -> ExplanationDocument {
        let now = time.now
        let explanation = Explanation(
            view.record,
            policy: snapshot.policy,
            usage: snapshot.usage,
            holds: snapshot.holds.map { HoldInForce($0.hold, since: $0.since) },
            now: now
        )
        // The present is explained without the ledger, too.
        let recorded = try? LedgerReader(directory: stateDirectory).past(of: view.id, around: now)
        var setting = ExplanationDocument.Setting(
            generatedAt: now,
            at: nil,
            policy: policyPath,
            isLive: true,
            recorded: recorded
        )
        (setting.underWay, setting.isStuck) = (view.underWay, view.isStuck)
        return ExplanationDocument(explanation, setting)
    }

    private func past(
        _ reference: NotebookReference,
        at instant: Timestamp,
        _ snapshot: EngineSnapshot
    ) throws -> ExplanationDocument {
        let reader = try LedgerReader(directory: stateDirectory)
        let ledger = LedgerExplanation(reader: reader, policy: snapshot.policy, policyPath: policyPath)
        return try ledger.document(of: try ledger.notebook(reference), at: instant, generatedAt: time.now)
    }
}
