// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import ControlServer
import CurfewCore

/// Explaining a notebook.
extension DaemonBackend {
    func explanation(of notebook: String, at: Timestamp?) async throws(ControlProblem) -> ControlContent {
        do {
            return try ControlContent(await explainer.document(of: notebook, at: at))
        } catch let problem as ControlProblem {
            throw problem
        } catch DaemonExplanation.Failure.notReady {
            throw .unavailable("the daemon has only begun and has seen nothing yet: ask again in a second")
        } catch DaemonExplanation.Failure.future {
            let text = "nothing is recorded of the future: `curfew plan --at` shows what would be done then"
            throw ControlProblem(.notFound, code: "not-recorded-then", text)
        } catch LedgerExplanation.Failure.unresolved(let why) {
            throw ControlProblem(why)
        } catch LedgerExplanation.Failure.notRecorded {
            let text =
                "nothing is recorded of \"\(notebook)\" at that instant: `curfew history` shows what was done to it"
            throw ControlProblem(.notFound, code: "not-recorded-then", text)
        } catch {
            throw .failed("the ledger cannot be read: \(error)")
        }
    }
}

/// Explains one notebook after the other, so that those who ask take one thread from the loop at most.
actor Explainer {
    private let explanation: DaemonExplanation

    init(_ explanation: DaemonExplanation) {
        self.explanation = explanation
    }

    func document(of notebook: String, at: Timestamp?) throws -> ExplanationDocument {
        try explanation.document(of: NotebookReference(notebook), at: at)
    }
}
