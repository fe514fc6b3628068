// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import ControlServer
import PolicyFile

/// Reloading by hand.
extension DaemonBackend {
    func reload(by person: String) async throws(ControlProblem) -> ControlContent {
        switch await reloader.reload() {
        case .taken(let diagnostics):
            return try ControlContent(ReloadDocument(diagnostics: diagnostics.map(\.description)))
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
