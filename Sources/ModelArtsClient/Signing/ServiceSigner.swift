// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
package import CurfewEngine

/// Signs requests to other services of the cloud with the credentials of the ModelArts client.
///
/// They share its gate: refusals of any service count together, because the cloud locks a key by all of them.
package struct ServiceSigner: CloudSigner {
    private let settings: ServiceSettings
    private let requests: GuardedExchange
    private let identities: IdentitySource

    private static let doing = "signing a request for metrics"

    init(settings: ServiceSettings, requests: GuardedExchange, identities: IdentitySource) {
        self.settings = settings
        self.requests = requests
        self.identities = identities
    }

    package func proof(for request: CloudRequest) async throws(ServiceFailure) -> [(name: String, value: String)] {
        guard settings.covers(request.origin) else {
            throw ServiceFailure(
                .rejected,
                doing: Self.doing,
                explanation: "\(request.origin) does not belong to the cloud of service.endpoint; nothing was sent"
            )
        }
        let identity = try await identities.current(doing: Self.doing)
        do {
            try await requests.gate.enter(.single)
        } catch {
            throw .kept(error, doing: Self.doing, advice: requests.credentials.advice)
        }
        return headers(for: request, identity)
    }

    package func answered(status: Int?) {
        requests.gate.leave(Self.verdict(status))
    }

    private static func verdict(_ status: Int?) -> AuthenticationGate.Verdict {
        switch status {
        case 401?: .refused
        case 200?, 400?, 403?, 422?: .accepted
        default: .undecided
        }
    }

    private func headers(for request: CloudRequest, _ identity: Identity) -> [(name: String, value: String)] {
        let host = request.origin.firstRange(of: "://").map { String(request.origin[$0.upperBound...]) }
        var headers = [(name: "host", value: host ?? ""), (name: "x-project-id", value: settings.projectID)]
        switch identity {
        case .token(let token): return headers + [(name: "x-auth-token", value: token.reveal())]
        case .keys(let id, let secret, let securityToken):
            headers.append((name: "x-sdk-date", value: RequestSignature.date(requests.time.now)))
            if let securityToken { headers.append((name: "x-security-token", value: securityToken.reveal())) }
            let signature = RequestSignature(
                method: "GET",
                path: request.path,
                query: request.query,
                headers: headers,
                body: []
            )
            return headers + [(name: "authorization", value: signature.authorization(id: id, secret: secret))]
        }
    }
}
