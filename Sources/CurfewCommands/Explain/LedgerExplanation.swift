// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import ControlProtocol
import CurfewCore

/// Explains what became of notebooks at past instants, from the ledger.
struct LedgerExplanation {
    let reader: LedgerReader
    let policy: Policy
    /// The policy's file.
    let policyPath: String

    /// Why a past instant cannot be explained.
    enum Failure: Error, Equatable {
        case unresolved(NotebookReference.Unresolved)
        /// The notebook was not recorded at that instant.
        case notRecorded
    }

    /// The notebook that is meant, among all that the ledger knows.
    func notebook(_ reference: NotebookReference) throws -> NotebookID {
        let names = try reader.notebooks(called: reference.text).map { NotebookName($0) }
        do throws(NotebookReference.Unresolved) {
            return try reference.resolve(among: names)
        } catch {
            throw Failure.unresolved(error)
        }
    }

    /// Explains the notebook as it was known at `instant`, by the policy of now.
    func document(of notebook: NotebookID, at instant: Timestamp, generatedAt: Timestamp) throws -> ExplanationDocument
    {
        let terms = UsageTerms(policy)
        guard
            let moment = try reader.moment(of: notebook, at: instant, usageWithin: terms?.longest),
            let record = moment.history.record(at: instant, marks: policy.marks)
        else { throw Failure.notRecorded }
        var usage = terms.map { UsageBook($0) }
        usage?.load(moment.runs, now: instant)
        let explanation = Explanation(
            record,
            policy: policy,
            usage: usage,
            holds: moment.past.holds,
            now: instant
        )
        return ExplanationDocument(
            explanation,
            .init(generatedAt: generatedAt, at: instant, policy: policyPath, isLive: false, recorded: moment.past)
        )
    }
}
