// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import Testing

/// A small HTTP server on loopback that answers as a test says and remembers what it was asked.
final class OddServer: Sendable {
    /// One request as it arrived.
    struct Seen: Sendable {
        var path: String
        var query: String?
        var headers: [String: String]

        fileprivate init(_ request: Request) {
            path = request.uri.path
            query = request.uri.query
            headers = Dictionary(
                request.headers.map { ($0.name.canonicalName, $0.value) },
                uniquingKeysWith: { first, _ in first }
            )
        }

        /// The last part of the path: `kernels` for `…/api/kernels`.
        var name: String { path.split(separator: "/").last.map(String.init) ?? "" }
    }

    typealias Answer = @Sendable (Seen) async throws -> Response

    let port: Int
    private let seen: Mutex<[Seen]>

    fileprivate init(port: Int) {
        self.port = port
        seen = Mutex([])
    }

    /// All requests so far, in the order of their arrival.
    var requests: [Seen] { seen.withLock { $0 } }

    fileprivate func record(_ request: Seen) {
        seen.withLock { $0.append(request) }
    }

    /// A notebook whose server this is.
    func notebook(id: String = "1111", path: String = "/1111/lab", token: String = OddServer.token) -> Notebook {
        Notebook(
            id: NotebookID(id),
            name: "nb",
            status: .running,
            access: JupyterAccess(url: "http://127.0.0.1:\(port)\(path)", token: Secret(token))
        )
    }

    static let token = "tok-3452e0d5+/="
}

/// Runs `body` with a server that answers by `answer`, and stops the server, however many requests hang in it.
func withServer<Result: Sendable>(
    _ answer: @escaping OddServer.Answer,
    running body: (OddServer) async throws -> Result
) async throws -> Result {
    let (ports, port) = AsyncStream<Int>.makeStream()
    let current = Mutex<OddServer?>(nil)
    var logger = Logger(label: "odd-server")
    logger.logLevel = .critical
    // Below Hummingbird's `Application`, which writes every `Date` by the machine's clock.
    let server = try HTTPServerBuilder.http1().buildServer(
        configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0)),
        eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
        logger: logger
    ) { request, writer, _ in
        let response: Response
        do {
            let seen = OddServer.Seen(request)
            current.withLock { $0 }?.record(seen)
            response = try await answer(seen)
        } catch {
            response = .status(.internalServerError)
        }
        try await writer.write(response: response.head, body: response.body)
    } onServerRunning: { channel in
        port.yield(channel.localAddress?.port ?? 0)
        port.finish()
    }
    let services = ServiceGroup(services: [server], logger: logger)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await services.run() }
        let result: Swift.Result<Result, any Error>
        do {
            let number = try #require(await ports.first { _ in true })
            let odd = OddServer(port: number)
            current.withLock { $0 = odd }
            result = .success(try await body(odd))
        } catch {
            result = .failure(error)
        }
        await services.triggerGracefulShutdown()
        try await group.waitForAll()
        return try result.get()
    }
}

/// Waits until the server stops: an answer that never comes.
func never() async throws -> Response {
    await cancelWhenGracefulShutdown {
        for await _ in AsyncStream<Never>.makeStream().stream {}
    }
    throw CancellationError()
}

extension Response {
    static func json(_ text: String, status: HTTPResponse.Status = .ok, cookies: [String] = []) -> Response {
        var response = Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
        response.headers[values: .setCookie] = cookies
        return response
    }

    static func status(_ status: HTTPResponse.Status, location: String? = nil, cookies: [String] = []) -> Response {
        var response = Response(status: status)
        if let location { response.headers[.location] = location }
        response.headers[values: .setCookie] = cookies
        return response
    }
}
