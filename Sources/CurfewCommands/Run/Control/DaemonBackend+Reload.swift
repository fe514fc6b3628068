// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import ControlServer
import PolicyFile

/// Reloading by hand.
extension DaemonBackend {
    func reload(by person: String) async throws(ControlProblem) -> ControlContent {
        switch await reloader.reload(by: person) {
        case .taken(let diagnostics, let notKept):
            let unkept = notKept.map { ["warning: the ledger cannot keep now who did this: \($0)"] } ?? []
            return try ControlContent(ReloadDocument(diagnostics: diagnostics.map(\.description) + unkept))
        case .ending(let refusal): throw ControlProblem(refusal)
        case .refused(let why, let diagnostics):
            throw ControlProblem(
                .unprocessable,
                code: "bad-policy",
                "the policy was not reloaded, the one before stays in force: \(why)",
                diagnostics: diagnostics.map(\.description)
            )
        }
    }
}
