// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Where the notebooks live and how often to look at them; no secret is in it.
package struct ServiceSettings: Sendable, Equatable {
    /// The base address of the ModelArts API, without a trailing slash: `https://modelarts.eu-de.otc.t-systems.com`.
    package var endpoint: String
    package var region: String?
    package var projectID: String
    package var scope: Scope
    package var workspaceID: String?
    /// The time between two complete listings.
    package var pollEvery: Duration
    package var credentials: CredentialSettings
    /// A file of certificate authorities (PEM) to trust besides the system's.
    package var caFile: String?

    /// Whose notebooks are listed.
    package enum Scope: String, Sendable, CaseIterable {
        /// Every notebook of the project.
        case project
        /// The caller's own.
        case own
    }

    /// How the daemon proves who it is.
    package enum CredentialSettings: Sendable, Equatable {
        /// A permanent access key; requests are signed.
        case accessKey
        /// A user's password, exchanged for a token at IAM. `iamEndpoint` is the base address without `/v3`.
        case password(user: String, domain: String, iamEndpoint: String)
        /// Temporary keys of the agency bound to this ECS, from its metadata service.
        case agency(metadataEndpoint: String)
    }

    package init(
        endpoint: String,
        region: String? = nil,
        projectID: String,
        scope: Scope = .project,
        workspaceID: String? = nil,
        pollEvery: Duration = .seconds(60),
        credentials: CredentialSettings = .accessKey,
        caFile: String? = nil
    ) {
        self.endpoint = endpoint
        self.region = region
        self.projectID = projectID
        self.scope = scope
        self.workspaceID = workspaceID
        self.pollEvery = pollEvery
        self.credentials = credentials
        self.caFile = caFile
    }
}
