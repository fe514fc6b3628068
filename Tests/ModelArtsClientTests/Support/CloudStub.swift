// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// What arrived at the stub.
struct StubRequest: Sendable {
    let method: String
    /// The path without the query.
    let path: String
    let query: String
    let headers: [String: String]
    let body: String

    /// The value of a parameter of the query, as it was sent.
    func parameter(_ name: String) -> String? {
        query.split(separator: "&").first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
    }
}

/// What the stub answers.
struct StubReply: Sendable {
    var status = 200
    var headers: [(String, String)] = []
    var body = ""
    /// Breaks the connection behind the body, which is announced to be longer.
    var breaksOff = false
    /// Sends the body in chunks, without telling its length.
    var isChunked = false

    static func error(_ status: Int, _ code: String, _ message: String = "refused") -> StubReply {
        StubReply(status: status, body: #"{"error_code":"\#(code)","error_msg":"\#(message)","request_id":"rid-1"}"#)
    }
}

/// A web server on loopback that answers as a test tells it and remembers what it was asked.
final class CloudStub: Sendable {
    typealias Handler = @Sendable (StubRequest) async -> StubReply

    private struct State {
        var requests: [StubRequest] = []
        var inFlight = 0
        var mostInFlight = 0
    }

    private let state = Mutex(State())
    private let handler: Handler
    let port: Int

    private init(port: Int, handler: @escaping Handler) {
        self.port = port
        self.handler = handler
    }

    var address: String { "http://127.0.0.1:\(port)" }
    var requests: [StubRequest] { state.withLock { $0.requests } }
    var mostInFlight: Int { state.withLock { $0.mostInFlight } }

    /// Runs a server for the time of `body`.
    static func serving<Result>(
        _ handler: @escaping Handler,
        _ body: (CloudStub) async throws -> Result
    ) async throws -> Result {
        let (ports, running) = AsyncStream<Int>.makeStream()
        let served = Mutex(CloudStub?.none)
        var logger = Logger(label: "stub")
        logger.logLevel = .critical
        // Not a whole application, because that would overwrite the date of a reply.
        let server = try HTTPServerBuilder.http1().buildServer(
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0)),
            eventLoopGroup: HTTPClient.defaultEventLoopGroup,
            logger: logger
        ) { request, writer, _ in
            guard let stub = served.withLock({ $0 }) else { return }
            let response = try await stub.response(to: request)
            try await writer.write(response: response.head, body: response.body)
        } onServerRunning: { channel in
            running.yield(channel.localAddress?.port ?? 0)
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [.init(service: server)], logger: logger)
        )
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let stub = CloudStub(port: await iterator.next() ?? 0, handler: handler)
            served.withLock { $0 = stub }
            let result: Result
            do {
                result = try await body(stub)
            } catch {
                tasks.cancelAll()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        }
    }

    private func response(to request: Request) async throws -> Response {
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        headers["host"] = request.head.authority
        var request = request
        let body = try await request.collectBody(upTo: 1 << 20)
        let parts = (request.head.path ?? "").split(separator: "?", maxSplits: 1).map(String.init)
        let stubRequest = StubRequest(
            method: request.method.rawValue,
            path: parts.first ?? "",
            query: parts.count > 1 ? parts[1] : "",
            headers: headers,
            body: String(buffer: body)
        )
        state.withLock { state in
            state.requests.append(stubRequest)
            state.inFlight += 1
            state.mostInFlight = max(state.mostInFlight, state.inFlight)
        }
        let reply = await handler(stubRequest)
        state.withLock { $0.inFlight -= 1 }
        var fields = HTTPFields()
        for (name, value) in reply.headers {
            if let name = HTTPFields.Element.Name(name) { fields[name] = value }
        }
        if reply.isChunked {
            return Response(
                status: .init(code: reply.status),
                headers: fields,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: reply.body))
                    try await writer.finish(nil)
                }
            )
        }
        if reply.breaksOff {
            return Response(
                status: .init(code: reply.status),
                headers: fields,
                body: ResponseBody(contentLength: reply.body.utf8.count + 10) { writer in
                    try await writer.write(ByteBuffer(string: reply.body))
                    throw CancellationError()
                }
            )
        }
        return Response(
            status: .init(code: reply.status),
            headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(string: reply.body))
        )
    }
}
