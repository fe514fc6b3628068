// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import ControlProtocol
import Foundation
import NIOCore
import NIOHTTP1

/// Asks the running daemon through its socket, by HTTP.
///
/// Made by `with`, which ends its connections. Each exchange is sent once: an act that may have been done is never
/// repeated by itself.
package struct ControlClient: Sendable {
    private let http: HTTPClient
    private let socket: String

    /// The longest silence before and within an answer.
    ///
    /// Answers come from memory or the ledger, mostly within milliseconds.
    package static let patience: Duration = .seconds(60)
    /// The largest answer, in bytes; the status of 100 000 notebooks has a fifth of it.
    private static let bodyLimit = 512 << 20

    /// Runs `body` with a client for the daemon that listens at the socket.
    ///
    /// `patience` is the longest silence that is borne; nil bears any, for following a daemon that has nothing to tell.
    package static func with<Result>(
        socket: String,
        patience: Duration? = patience,
        _ body: (ControlClient) async throws -> Result
    ) async throws -> Result {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        configuration.timeout.read = patience.map { .milliseconds(Int64($0 / .milliseconds(1))) }
        configuration.httpVersion = .http1Only
        // A daemon that does not run is told at once.
        configuration.connectionPool.retryConnectionEstablishment = false
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(ControlClient(http: http, socket: socket)))
        } catch {
            result = .failure(error)
        }
        // How idle connections end matters to nobody.
        try? await http.shutdown()
        return try result.get()
    }

    /// The bytes of a document.
    package func get(_ path: ControlPath) async throws(ControlFailure) -> [UInt8] {
        try await perform(.GET, path, body: nil)
    }

    /// A document.
    package func get<Document: Decodable>(
        _ type: Document.Type,
        _ path: ControlPath
    ) async throws(ControlFailure) -> Document {
        try decoded(type, try await get(path))
    }

    /// Asks for an act, with a body where it needs one; the bytes of the answer.
    package func post(
        _ path: ControlPath,
        _ body: (any Encodable & Sendable)? = nil
    ) async throws(ControlFailure) -> [UInt8] {
        let encoded: [UInt8]?
        do {
            encoded = try body.map { try [UInt8](JSONEncoder().encode($0)) }
        } catch {
            throw .garbled(why: "the question cannot be written as JSON (\(error))")
        }
        return try await perform(.POST, path, body: encoded)
    }

    /// Reads a document out of an answer.
    package func decoded<Document: Decodable>(
        _ type: Document.Type,
        _ bytes: [UInt8]
    ) throws(ControlFailure) -> Document {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw ControlFailure(error, socket: socket)
        }
    }

    /// Gives `each` the data of every event, until it throws, the task is cancelled or the daemon ends the stream.
    package func follow(_ path: ControlPath, _ each: ([UInt8]) async throws -> Void) async throws {
        do {
            let response = try await http.execute(
                request(.GET, path, accept: "text/event-stream"),
                deadline: .distantFuture
            )
            guard response.status == .ok else {
                throw ControlFailure(status: Int(response.status.code), body: try await Self.body(of: response))
            }
            var reader = EventReader()
            for try await chunk in response.body {
                for event in try reader.take(chunk.readableBytesView) { try await each(event) }
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            throw ControlFailure(error, socket: socket)
        }
    }

    private func perform(
        _ method: HTTPMethod,
        _ path: ControlPath,
        body: [UInt8]?
    ) async throws(ControlFailure) -> [UInt8] {
        do {
            var request = request(method, path, accept: "application/json, application/problem+json")
            if let body {
                request.headers.add(name: "content-type", value: "application/json")
                request.body = .bytes(body)
            }
            let response = try await http.execute(request, deadline: .distantFuture)
            let reply = try await Self.body(of: response)
            guard (200..<300).contains(response.status.code) else {
                throw ControlFailure(status: Int(response.status.code), body: reply)
            }
            return reply
        } catch {
            throw ControlFailure(error, socket: socket)
        }
    }

    private func request(_ method: HTTPMethod, _ path: ControlPath, accept: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "http+unix://\(ControlPath.encoded(socket))\(path.target)")
        request.method = method
        request.headers.add(name: "host", value: "curfew")
        request.headers.add(name: "accept", value: accept)
        return request
    }

    private static func body(of response: HTTPClientResponse) async throws -> [UInt8] {
        var body: [UInt8] = []
        body.reserveCapacity(min(bodyLimit, response.headers.first(name: "content-length").flatMap { Int($0) } ?? 0))
        for try await chunk in response.body {
            guard body.count + chunk.readableBytes <= bodyLimit else {
                throw ControlFailure.garbled(why: "it is longer than \(bodyLimit >> 20) MB")
            }
            body.append(contentsOf: chunk.readableBytesView)
        }
        return body
    }
}
