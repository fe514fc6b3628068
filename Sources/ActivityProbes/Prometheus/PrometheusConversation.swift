// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CurfewCore
import CurfewEngine
import FoundationEssentials
import NIOCore
import NIOHTTP1
import Synchronization

/// The queries of one round: one over the youngest samples, then one for each budget.
///
/// One after another. The first shows which notebooks have samples at all that are young enough, because a window still
/// shows what an exporter said before it died; when it fails, nothing else is asked. Retries are the engine's business.
final class PrometheusConversation: Sendable {
    private let source: EvidenceName
    private let settings: PrometheusSettings
    private let access: PrometheusAccess
    private let reader: HTTPReader
    private let refusals = Mutex(Refusals())

    /// More than a hundred thousand series take.
    private static let longestBody = 32 << 20
    /// How far the service's clock may be from ours: what it means by now must be now.
    private static let largestSkew = Duration.seconds(60)
    /// Refusals in a row before the credentials are given a rest.
    private static let mostRefusals = 3
    /// Longer than the five minutes for which a cloud locks an access key.
    private static let rest = Duration.seconds(6 * 60)

    private struct Refusals {
        var count = 0
        var restUntil: Timestamp = .distantPast
    }

    init(source: EvidenceName, settings: PrometheusSettings, access: PrometheusAccess, reader: HTTPReader) {
        self.source = source
        self.settings = settings
        self.access = access
        self.reader = reader
    }

    /// Asks for all these budgets; there is a view for each, whatever happens.
    @Sendable func views(budgets: [Duration]) async -> [Duration: PrometheusView] {
        let askedAt = reader.time.now
        var views: [Duration: PrometheusView] = [:]
        do throws(ProbeFailure) {
            let recent = try await uses(over: settings.lag)
            for budget in budgets { views[budget] = await view(budget, recent: recent) }
        } catch {
            for budget in budgets {
                views[budget] = PrometheusView(source: source, askedAt: askedAt, failed: error.reason)
            }
        }
        return views
    }

    private func view(_ budget: Duration, recent: [String: PrometheusReply.Use]) async -> PrometheusView {
        let askedAt = reader.time.now
        let window = budget + settings.lag
        do throws(ProbeFailure) {
            let whole = try await uses(over: window)
            return PrometheusView(
                source: source,
                askedAt: askedAt,
                window: window,
                settings: settings,
                whole: whole,
                recent: recent
            )
        } catch {
            return PrometheusView(source: source, askedAt: askedAt, failed: error.reason)
        }
    }

    private func uses(over window: Duration) async throws(ProbeFailure) -> [String: PrometheusReply.Use] {
        let location = try location(over: window)
        let host = location.origin.authority
        try checkRest(host)
        let begunAt = reader.time.now
        let reply = try await NetworkDeadline.bounded(
            by: settings.timeout,
            on: reader.client.eventLoopGroup.any()
        ) { () async throws(ProbeFailure) in
            try await self.ask(location, host)
        }
        try check(reply, host)
        let vector = try PrometheusReply(reply.body, notebookLabel: settings.notebookLabel, from: host)
        if let evaluated = vector.evaluatedAt {
            try check(evaluated, within: begunAt...max(begunAt, reply.receivedAt), host)
        }
        return vector.uses
    }

    private func location(over window: Duration) throws(ProbeFailure) -> HTTPLocation {
        guard let base = HTTPLocation(absolute: settings.endpoint), base.query == nil else {
            throw ProbeFailure(.unintelligible("the endpoint is no plain http or https URL"))
        }
        guard base.origin.isSecure || base.origin.isLoopback else {
            throw ProbeFailure(.unintelligible("the endpoint is plain http, which is for loopback only"))
        }
        let folder = base.path.hasSuffix("/") ? String(base.path.dropLast()) : base.path
        return HTTPLocation(
            origin: base.origin,
            path: "\(folder)/api/v1/query",
            query: "query=\(settings.expression(over: window).percentEncoded)"
        )
    }

    private func ask(_ location: HTTPLocation, _ host: String) async throws(ProbeFailure) -> HTTPReply {
        var headers: HTTPHeaders = ["Accept": "application/json"]
        switch access {
        case .open: break
        case .bearer(let token): headers.add(name: "Authorization", value: "Bearer \(token.reveal())")
        case .basic(let user, let password):
            let pair = Data("\(user):\(password.reveal())".utf8).base64EncodedString()
            headers.add(name: "Authorization", value: "Basic \(pair)")
        case .cloud(let signer): return try await ask(location, host, headers, signer)
        }
        return try await reader.get(location, headers: headers, label: host, bodyLimit: Self.longestBody)
    }

    private func ask(
        _ location: HTTPLocation,
        _ host: String,
        _ headers: HTTPHeaders,
        _ signer: any CloudSigner
    ) async throws(ProbeFailure) -> HTTPReply {
        var headers = headers
        do throws(ServiceFailure) {
            let request = CloudRequest(
                origin: location.origin.text,
                path: location.path,
                query: location.query ?? ""
            )
            for (name, value) in try await signer.proof(for: request) { headers.add(name: name, value: value) }
        } catch {
            throw ProbeFailure(.refused("\(host): \(error)"))
        }
        do throws(ProbeFailure) {
            let reply = try await reader.get(location, headers: headers, label: host, bodyLimit: Self.longestBody)
            signer.answered(status: reply.status)
            return reply
        } catch {
            signer.answered(status: nil)
            throw error
        }
    }

    private func check(_ reply: HTTPReply, _ host: String) throws(ProbeFailure) {
        noteRefusal([401, 403].contains(reply.status))
        guard reply.status != 200 else { return }
        let type = PrometheusReply.errorType(reply.body).map { ", \($0)" } ?? ""
        let text = "\(host): HTTP \(reply.status)\(type)"
        switch reply.status {
        case 401, 403: throw ProbeFailure(.refused(text))
        case 429, 500...: throw ProbeFailure(.unreachable(text))
        case 400, 422: throw ProbeFailure(.unintelligible("\(text): the service does not take the query"))
        default:
            guard reply.isRedirect else { throw ProbeFailure(.unintelligible(text)) }
            throw ProbeFailure(.refused("\(text), sent elsewhere instead of answered"))
        }
    }

    /// What a service with a clock of its own calls the last minutes may lie beside ours, and work with it.
    private func check(
        _ evaluated: ClosedRange<Timestamp>,
        within ours: ClosedRange<Timestamp>,
        _ host: String
    ) throws(ProbeFailure) {
        let tolerance = min(Self.largestSkew, settings.lag)
        if evaluated.lowerBound < ours.lowerBound - tolerance {
            let lag = (ours.lowerBound - evaluated.lowerBound).spanText
            throw ProbeFailure(.unintelligible("\(host): the answer is for \(lag) ago; compare the clocks"))
        }
        if evaluated.upperBound > ours.upperBound + tolerance {
            let lead = (evaluated.upperBound - ours.upperBound).spanText
            throw ProbeFailure(.unintelligible("\(host): the answer is for \(lead) ahead; compare the clocks"))
        }
    }

    private func checkRest(_ host: String) throws(ProbeFailure) {
        let now = reader.time.now
        let restUntil = refusals.withLock { $0.restUntil }
        // A clock that was set back must not make the rest last for as long as the step was wide.
        guard now < restUntil, restUntil - now <= Self.rest else { return }
        throw ProbeFailure(
            .refused("\(host): refused \(Self.mostRefusals) times in a row, asked again at \(restUntil)")
        )
    }

    private func noteRefusal(_ isRefused: Bool) {
        let now = reader.time.now
        refusals.withLock { refusals in
            refusals.count = isRefused ? refusals.count + 1 : 0
            if refusals.count >= Self.mostRefusals {
                refusals = Refusals(count: 0, restUntil: now + Self.rest)
            }
        }
    }
}

extension HTTPOrigin {
    /// The host, and the port where it is not the usual one; what messages call the service.
    fileprivate var authority: String { String(text.drop { $0 != "/" }.dropFirst(2)) }
}
