// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CurfewCore
import CurfewEngine
import NIOCore
import NIOHTTP1
import Synchronization

/// Fetches the temporary keys of the agency that is bound to this ECS, from its metadata service.
///
/// The service wants a token of its own first, unless it is of the older kind that knows none (ModelArts API reference,
/// section 10.3). It is one hop away and has nothing to lock, so the authentication gate is not asked.
final class AgencyKeys: Sendable {
    private static let doing = "getting the keys of this ECS's agency"
    /// How long a metadata token holds; the longest that the service gives.
    private static let tokenLife = Duration.seconds(21_600)
    /// Keys with less than this left are replaced, as the vendor's own library does.
    private static let margin = Duration.seconds(40 * 60)
    /// The service gives the same keys until ten minutes before they end, so asking more often is useless.
    private static let shortestInterval = Duration.seconds(5 * 60)

    private struct MetadataToken: Sendable {
        /// Nil for a service that knows none.
        let value: Secret?
        let expiresAt: Timestamp
    }

    private let token = Mutex(MetadataToken?.none)
    private let address: ServiceAddress
    private let exchange: HTTPExchange
    private let time: any TimeSource
    private let limits: RequestLimits

    init(address: ServiceAddress, exchange: HTTPExchange, time: any TimeSource, limits: RequestLimits) {
        self.address = address
        self.exchange = exchange
        self.time = time
        self.limits = limits
    }

    /// Fetches keys, with a fresh metadata token once when the one in hand is refused.
    func fetch() async throws(ServiceFailure) -> RenewingIdentity.Fetched {
        var reply = try await securityKey(token: try await metadataToken())
        if reply.status == 401, !Self.tellsOfNoAgency(reply) {
            token.withLock { $0 = nil }
            reply = try await securityKey(token: try await metadataToken())
        }
        guard reply.status == 200 else { throw Self.failure(reply) }
        guard let keys = AgencyKeyReply(reply.body ?? []) else {
            throw ServiceFailure(
                .unintelligible,
                doing: Self.doing,
                explanation:
                    "the reply of the metadata service holds no keys; check service.credentials.metadataEndpoint",
                status: reply.status
            )
        }
        let now = time.now
        let life = keys.expiresAt - now
        let wanted = max(keys.expiresAt - Self.margin, now + Self.shortestInterval)
        return RenewingIdentity.Fetched(
            identity: keys.identity,
            renewAt: min(wanted, keys.expiresAt - min(.seconds(60), life / 2)),
            expiresAt: keys.expiresAt
        )
    }

    private func metadataToken() async throws(ServiceFailure) -> Secret? {
        let now = time.now
        if let known = token.withLock({ $0 }), now < known.expiresAt { return known.value }
        let reply = try await send(
            .PUT,
            "/meta-data/latest/api/token",
            header: ("x-metadata-token-ttl-seconds", "21600")
        )
        let value: Secret?
        switch reply.status {
        case 404, 405, 503: value = nil
        case 200:
            let text = String(validating: reply.body ?? [], as: UTF8.self) ?? ""
            let trimmed = text.filter { !$0.isWhitespace }
            guard !trimmed.isEmpty, trimmed.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw Self.failure(reply)
            }
            value = Secret(trimmed)
        default: throw Self.failure(reply)
        }
        let fresh = MetadataToken(value: value, expiresAt: now + Self.tokenLife / 2)
        token.withLock { $0 = fresh }
        return value
    }

    private func securityKey(token: Secret?) async throws(ServiceFailure) -> HTTPExchange.Reply {
        let header = token.map { (name: "x-metadata-token", value: $0.reveal()) }
        return try await send(.GET, "/openstack/latest/securitykey", header: header)
    }

    private func send(
        _ method: HTTPMethod,
        _ path: String,
        header: (name: String, value: String)?
    ) async throws(ServiceFailure) -> HTTPExchange.Reply {
        var request = HTTPClientRequest(url: address.url(path: address.basePath + path, query: ""))
        request.method = method
        request.headers.add(name: "host", value: address.authority)
        request.headers.add(name: "user-agent", value: RequestForm.userAgent)
        if let header { request.headers.add(name: header.name, value: header.value) }
        do {
            return try await exchange.perform(request, timeout: limits.metadataTimeout, bodyLimit: limits.singleBytes)
        } catch {
            guard error.kind != .cancelled else { throw .cancelled(doing: Self.doing) }
            throw ServiceFailure(
                .transient,
                doing: Self.doing,
                explanation: "the metadata service does not answer (\(error.text)); credentials of kind agency work on "
                    + "an ECS only"
            )
        }
    }

    private static func tellsOfNoAgency(_ reply: HTTPExchange.Reply) -> Bool {
        String(decoding: reply.body ?? [], as: UTF8.self).contains("Please configure Cloud Service Agency first")
    }

    private static func failure(_ reply: HTTPExchange.Reply) -> ServiceFailure {
        if tellsOfNoAgency(reply) {
            return ServiceFailure(
                .authentication,
                doing: doing,
                explanation:
                    "no agency is bound to this ECS; create one for ECS in IAM, with the ModelArts permissions, "
                    + "and choose it in the ECS's settings",
                status: reply.status
            )
        }
        return ServiceFailure(
            reply.status >= 500 || reply.status == 429 ? .transient : .authentication,
            doing: doing,
            explanation: "the metadata service gives no keys; check the agency that is bound to this ECS",
            status: reply.status
        )
    }
}
