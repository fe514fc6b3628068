// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

extension ModelArtsCredentials {
    /// Everything in it that must never be shown.
    var secrets: [Secret] {
        switch self {
        case .accessKey(let id, let secret, let securityToken): [id, secret] + (securityToken.map { [$0] } ?? [])
        case .password(let password): [password]
        case .agency: []
        }
    }
}

extension CredentialHint {
    /// The kind that the settings ask for.
    init(_ settings: ServiceSettings.CredentialSettings) {
        switch settings {
        case .accessKey: self = .accessKey
        case .password: self = .password
        case .agency: self = .agency
        }
    }
}

extension IdentitySource {
    /// The source for credentials of the kind that the settings ask for.
    init(
        _ credentials: ModelArtsCredentials,
        settings: ServiceSettings,
        requests: GuardedExchange,
        limits: RequestLimits
    ) throws(SetupError) {
        switch (credentials, settings.credentials) {
        case (.accessKey(let id, let secret, let securityToken), .accessKey):
            self = .fixed(.keys(id: id, secret: secret, securityToken: securityToken))
        case (.password(let password), .password(let user, let domain, let iamEndpoint)):
            let tokens = PasswordTokens(
                user: user,
                domain: domain,
                password: password,
                projectID: settings.projectID,
                address: try ServiceAddress(iamEndpoint, setting: "service.credentials.iamEndpoint"),
                requests: requests,
                bodyLimit: limits.singleBytes
            )
            self = .renewing(
                RenewingIdentity(time: requests.time, logger: requests.logger) { () async throws(ServiceFailure) in
                    try await tokens.fetch()
                }
            )
        case (.agency, .agency(let metadataEndpoint)):
            let keys = AgencyKeys(
                address: try ServiceAddress(metadataEndpoint, setting: "service.credentials.metadataEndpoint"),
                exchange: requests.exchange,
                time: requests.time,
                limits: limits
            )
            self = .renewing(
                RenewingIdentity(time: requests.time, logger: requests.logger) { () async throws(ServiceFailure) in
                    try await keys.fetch()
                }
            )
        default: throw .wrongCredentials
        }
    }
}
