// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOPosix

/// A server on loopback that answers whatever it is asked with the bytes of a test, be they HTTP or not, and hangs up.
package struct RawServer: Sendable {
    package let port: Int

    package var address: String { "http://127.0.0.1:\(port)" }

    /// Runs `body` with a server that sends the text, and ends it afterwards.
    package static func serving<Result>(
        _ text: String,
        _ body: (RawServer) async throws -> Result
    ) async throws -> Result {
        try await serving({ text }, body)
    }

    /// Runs `body` with a server that sends what it is given for each request, and ends it afterwards.
    package static func serving<Result>(
        _ text: @escaping @Sendable () -> String,
        _ body: (RawServer) async throws -> Result
    ) async throws -> Result {
        try await serving(bootstrap { _ in text() }.bind(host: "127.0.0.1", port: 0).get(), body)
    }

    /// Runs `body` with a server on a Unix socket that sends what it is given for each request, and ends it afterwards.
    ///
    /// It says nothing and keeps the connection where it is given nil. The socket's file stays where it is.
    package static func serving<Result>(
        socket: String,
        _ reply: @escaping @Sendable (String) -> String?,
        _ body: () async throws -> Result
    ) async throws -> Result {
        let channel = try await bootstrap(reply).bind(unixDomainSocketPath: socket).get()
        return try await serving(channel) { _ in try await body() }
    }

    private static func bootstrap(_ reply: @escaping @Sendable (String) -> String?) -> ServerBootstrap {
        ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answering(reply: reply))
                }
            }
    }

    private static func serving<Result>(
        _ channel: any Channel,
        _ body: (RawServer) async throws -> Result
    ) async throws -> Result {
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(RawServer(port: channel.localAddress?.port ?? 0)))
        } catch {
            result = .failure(error)
        }
        try await channel.close().get()
        return try result.get()
    }
}

/// One connection with one request, which may come in pieces.
private final class Answering: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let reply: @Sendable (String) -> String?
    private var request = ""

    init(reply: @escaping @Sendable (String) -> String?) { self.reply = reply }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = context.channel
        request += String(buffer: unwrapInboundIn(data))
        guard isWhole, let text = reply(request) else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text))).whenComplete { _ in
            channel.close(promise: nil)
        }
    }

    /// Whether the body is there, as long as the head says; what has no head is taken as it comes.
    private var isWhole: Bool {
        guard let head = request.range(of: "\r\n\r\n") else { return !request.contains("HTTP/1.") }
        let length = request[..<head.lowerBound].lowercased().firstMatch(of: /content-length: *(\d+)/).flatMap {
            Int($0.1)
        }
        return request[head.upperBound...].utf8.count >= length ?? 0
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The client hung up on a reply that it did not like.
        context.close(promise: nil)
    }
}
