// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CurfewCore
import CurfewEngine
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// A whole reply, small enough to be held.
struct HTTPReply: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: ByteBuffer
    /// When it was complete, by our clock.
    let receivedAt: Timestamp

    /// No reply that a probe asks for comes near this many bytes.
    static let longestBody = 1_000_000

    /// Whether the server answers "look elsewhere".
    var isRedirect: Bool { [301, 302, 303, 307, 308].contains(status) }

    /// The body as JSON of the expected form; throws `.unintelligible` for any other.
    func decoded<Value: Decodable>(_ type: Value.Type, from label: String) throws(ProbeFailure) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(body.readableBytesView))
        } catch {
            // The error's description quotes the reply, which is the notebook user's own business.
            throw ProbeFailure(.unintelligible("\(label): no JSON of the known form"))
        }
    }
}

/// How a probe sends one GET; `NetworkDeadline` has to be around it.
struct HTTPReader: Sendable {
    let client: HTTPClient
    let time: any TimeSource

    /// The client wants a bound of its own; the true one is the caller's, which also covers the body.
    private static let clientTimeout = TimeAmount.hours(1)

    /// Reads one address; `label` names it in failures, because the address itself may hold a token.
    ///
    /// `bodyLimit` is in bytes.
    func get(
        _ location: HTTPLocation,
        headers: HTTPHeaders,
        label: String,
        bodyLimit: Int = HTTPReply.longestBody
    ) async throws(ProbeFailure) -> HTTPReply {
        var request = HTTPClientRequest(url: location.text)
        request.headers = headers
        request.headers.add(name: "User-Agent", value: "curfew")
        do {
            let response = try await client.execute(request, timeout: Self.clientTimeout)
            let body = try await response.body.collect(upTo: bodyLimit)
            return HTTPReply(
                status: Int(response.status.code),
                headers: response.headers,
                body: body,
                receivedAt: time.now
            )
        } catch {
            throw ProbeFailure(error, requesting: label)
        }
    }
}
