// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import AsyncHTTPClient
package import CurfewCore
package import CurfewEngine
import NIOCore

/// Asks a notebook's own Jupyter server whether anything runs there.
///
/// A look reads `api/kernels`, `api/terminals` and `api/status` in a way that does not count as activity (D20), within
/// `settings.timeout` in all. The notebook's token goes to the host of the notebook's address only, over TLS, except on
/// this machine. Whatever goes wrong is unknown, never idle (D1 to D4).
package struct JupyterProbe: ActivityProbe {
    private let name: EvidenceName
    private let settings: JupyterSettings
    private let client: HTTPClient
    private let time: any TimeSource
    private let logins = JupyterLogins()

    /// The client comes from `ProbeHTTP.makeClient`, so that it follows no redirect, and outlives the probe.
    package init(name: EvidenceName, settings: JupyterSettings, client: HTTPClient, time: any TimeSource) {
        self.name = name
        self.settings = settings
        self.client = client
        self.time = time
    }

    /// Looks at the notebook now; bounded by `settings.timeout`.
    ///
    /// The budget does not matter, as the server itself tells when it was last used.
    package func observe(_ notebook: Notebook, budget: Duration) async -> Observation {
        do throws(ProbeFailure) {
            let (replies, clock) = try await replies(of: notebook)
            let now = time.now
            let evaluation = try JupyterEvaluation(replies, clock: clock, now: now, settings: settings)
            return Observation(
                source: name,
                activity: evaluation.activity,
                observedAt: now,
                serverStartedAt: evaluation.serverStartedAt,
                detail: evaluation.detail,
                signals: evaluation.signals
            )
        } catch {
            return Observation(source: name, activity: .unknown(error.reason), observedAt: time.now)
        }
    }

    /// Drops what is remembered of a notebook, which is its login; for a run that ended.
    package func forget(_ notebook: NotebookID) {
        logins.forget(notebook)
    }

    private func replies(of notebook: Notebook) async throws(ProbeFailure) -> (JupyterReplies, ServerClock) {
        guard let access = notebook.access, !access.url.isEmpty, !access.token.isEmpty else {
            throw ProbeFailure(.noAccess)
        }
        let conversation = JupyterConversation(
            reader: HTTPReader(client: client, time: time),
            logins: logins,
            notebook: notebook.id,
            address: try JupyterAddress(access.url),
            token: access.token,
            settings: settings
        )
        return try await NetworkDeadline.bounded(by: settings.timeout, on: client.eventLoopGroup.any()) {
            () async throws(ProbeFailure) in try await conversation.replies()
        }
    }
}
