// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// Refuses replies with a status below 100, which HTTP does not have.
///
/// AsyncHTTPClient 1.37 takes every head below 200 for an interim one. The decoder lets nothing follow a true interim head,
/// but it lets body and end follow a head below 100, and on these the client traps: one server that answers `099` would
/// end the daemon for all notebooks (I10).
final class StatusGuard: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    private var isRefused = false

    /// Puts a guard right behind the decoder of a new connection; fails when there is none.
    @Sendable static func install(in channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.submit {
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
            try pipeline.addHandler(StatusGuard(), position: .after(decoder))
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data), head.status.code < 100 {
            isRefused = true
            context.fireErrorCaught(HTTPParserError.invalidStatus)
            context.close(promise: nil)
        }
        // What belongs to a refused head has nowhere to go.
        if !isRefused { context.fireChannelRead(data) }
    }
}
