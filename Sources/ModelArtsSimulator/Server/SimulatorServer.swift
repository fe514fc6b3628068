// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle

/// A simulated cloud on a port of the loopback interface: API, IAM, metadata service and Jupyter servers together.
package struct SimulatorServer: Service {
    /// The cloud that answers.
    package let cloud: SimulatedCloud
    private let port: Int
    private let logger: Logger
    private let bound = BoundPort()

    /// A server; it listens once `run()` is called.
    /// - Parameters:
    ///   - cloud: The cloud that answers.
    ///   - port: The port on 127.0.0.1; 0 picks a free one.
    ///   - logger: Where the server tells of itself.
    package init(cloud: SimulatedCloud, port: Int = 0, logger: Logger) {
        self.cloud = cloud
        self.port = port
        self.logger = logger
    }

    /// What clients need, once the server listens; `nil` when the task is cancelled before.
    package var access: SimulatorAccess? {
        get async {
            guard await bound.value() != nil else { return nil }
            return cloud.access
        }
    }

    /// Serves until graceful shutdown or cancellation.
    package func run() async throws {
        let server = try HTTPServerBuilder.http1().buildServer(
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: port)),
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
            logger: logger
        ) { request, writer, _ in
            try await Self.answer(request, writer, cloud: cloud)
        } onServerRunning: { channel in
            guard let port = channel.localAddress?.port else { return }
            cloud.withState { state, _ in state.port = port }
            bound.set(port)
        }
        try await server.run()
    }

    /// The largest request body that is read.
    private static let bodyLimit = 1_048_576

    @concurrent
    private static func answer(
        _ request: Request,
        _ writer: consuming ResponseWriter,
        cloud: SimulatedCloud
    ) async throws {
        let body = try await request.body.collect(upTo: bodyLimit)
        let answer = cloud.respond(to: wireRequest(request, body: body))
        switch answer.delivery {
        case .whole: break
        case .connectionClosed: throw Interrupted()
        case .delayed(let milliseconds): try await ContinuousClock().sleep(for: .milliseconds(milliseconds))
        case .held: await cloud.held.wait()
        case .truncated(let count):
            var head = response(answer, body: .init()).head
            head.headerFields[.contentLength] = String(answer.body.count)
            var body = try await writer.writeHead(head)
            try await body.write(ByteBuffer(bytes: answer.body.prefix(count)))
            throw Interrupted()
        }
        if request.method == .head { return try await writer.writeResponse(response(answer, body: .init()).head) }
        let whole = response(answer, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        try await writer.write(response: whole.head, body: whole.body)
    }

    /// Thrown to make the server close the connection.
    private struct Interrupted: Error {}

    private static func wireRequest(_ request: Request, body: ByteBuffer) -> WireRequest {
        var headers = request.headers.map { (name: $0.name.rawName, value: $0.value) }
        // The HTTP library keeps `Host` apart; the signature covers it.
        if let host = request.head.authority { headers.append((name: "host", value: host)) }
        return WireRequest(
            method: request.method.rawValue,
            target: request.head.path ?? "/",
            headers: headers,
            body: Array(body.readableBytesView)
        )
    }

    private static func response(_ answer: WireAnswer, body: ResponseBody) -> Response {
        var headers = HTTPFields()
        for header in answer.headers {
            guard let name = HTTPFields.Element.Name(header.name) else { continue }
            headers.append(HTTPFields.Element(name: name, value: header.value))
        }
        return Response(status: .init(code: answer.status), headers: headers, body: body)
    }
}
