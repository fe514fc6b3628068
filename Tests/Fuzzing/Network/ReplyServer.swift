// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Synchronization

/// What arrived at a server.
struct Request: Sendable {
    /// The head as it came, ended by an empty line.
    let head: String

    var method: Substring { head.prefix { $0 != " " } }
    /// Path and query.
    var target: Substring { head.drop { $0 != " " }.dropFirst().prefix { $0 != " " } }
    var path: Substring { target.prefix { $0 != "?" } }

    /// The value of a header.
    func header(_ name: String) -> String? {
        for line in head.split(separator: "\r\n").dropFirst() where line.lowercased().hasPrefix(name + ":") {
            return String(line.dropFirst(name.count + 1).drop { $0 == " " })
        }
        return nil
    }
}

/// A server on loopback that sends whatever bytes it is told to, be they HTTP or not.
final class ReplyServer: Sendable {
    typealias Answer = @Sendable (Request) -> Reply

    private struct State {
        var answer: Answer?
        var requests: [Request] = []
    }

    private let state = Mutex(State())
    private let channel: Mutex<(any Channel)?> = Mutex(nil)

    /// Starts a server on a port that the kernel chooses.
    static func start() async throws -> ReplyServer {
        let server = ReplyServer()
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 64)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ReplyHandler(server: server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        server.channel.withLock { $0 = channel }
        return server
    }

    var port: Int { channel.withLock { $0?.localAddress?.port ?? 0 } }
    var address: String { "http://127.0.0.1:\(port)" }

    /// What arrived since the answers were last set.
    var requests: [Request] { state.withLock { $0.requests } }

    /// Says how to answer from now on, and forgets what arrived.
    func answer(_ answer: @escaping Answer) { state.withLock { $0 = State(answer: answer) } }

    func stop() async throws { try await channel.withLock { $0 }?.close().get() }

    fileprivate func reply(to request: Request) -> Reply {
        let answer = state.withLock { state in
            state.requests.append(request)
            return state.answer
        }
        return answer?(request) ?? Reply(status: "503 Nobody", body: [])
    }
}

/// One connection: waits for whole requests and answers each.
private final class ReplyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let server: ReplyServer
    private var received: [UInt8] = []

    init(server: ReplyServer) { self.server = server }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += Array(unwrapInboundIn(data).readableBytesView)
        while let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
            let request = Request(head: String(decoding: received[..<end.lowerBound], as: UTF8.self))
            let length = request.header("content-length").flatMap { Int($0) } ?? 0
            guard received.count >= end.upperBound + length else { return }
            received.removeFirst(end.upperBound + length)
            let reply = server.reply(to: request)
            let sent = context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: reply.bytes)))
            // A spoiled head may promise more than there is.
            if !reply.hasOwnHead {
                let channel = context.channel
                sent.whenComplete { _ in channel.close(promise: nil) }
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The client hung up on a reply that it did not like.
        context.close(promise: nil)
    }
}
