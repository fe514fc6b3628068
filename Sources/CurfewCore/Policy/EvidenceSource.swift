// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A named source of activity, as the policy describes it.
package struct EvidenceSource: Sendable, Equatable {
    package var name: EvidenceName
    package var kind: Kind
    /// How long it may be unable to tell about a notebook before that is told.
    package var unknownAfter: Duration

    /// Where the policy says nothing else.
    package static let standardUnknownAfter: Duration = .seconds(1_800)

    package enum Kind: Sendable, Equatable {
        /// The notebook's own Jupyter server.
        case jupyter(JupyterSettings)
        /// A metrics service that answers for the whole fleet.
        case prometheus(PrometheusSettings)
        /// A program of the site.
        case command(CommandSettings)
    }

    package init(name: EvidenceName, kind: Kind, unknownAfter: Duration = EvidenceSource.standardUnknownAfter) {
        self.name = name
        self.kind = kind
        self.unknownAfter = unknownAfter
    }
}

/// How a notebook's own Jupyter server is asked, and what counts as activity there.
package struct JupyterSettings: Sendable, Equatable {
    /// The bound on one look: all its requests together.
    package var timeout: Duration
    /// Whether a busy kernel is activity, whatever its last activity says.
    package var busyKernelIsActive: Bool
    /// Whether an open connection alone (a browser tab) is activity.
    package var connectionIsActive: Bool
    /// Whether terminals count, each by its own last activity.
    package var terminalIsActive: Bool
    package var authentication: Authentication

    /// How the notebook's token is shown to its server.
    package enum Authentication: String, Sendable, CaseIterable {
        /// `Authorization: token …` on each request.
        case header
        /// `url?token=…` is opened once and that host's cookies are kept for this run of the notebook.
        case login
    }

    package init(
        timeout: Duration = .seconds(5),
        busyKernelIsActive: Bool = true,
        connectionIsActive: Bool = false,
        terminalIsActive: Bool = true,
        authentication: Authentication = .header
    ) {
        self.timeout = timeout
        self.busyKernelIsActive = busyKernelIsActive
        self.connectionIsActive = connectionIsActive
        self.terminalIsActive = terminalIsActive
        self.authentication = authentication
    }
}
