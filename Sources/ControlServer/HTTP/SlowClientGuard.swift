// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// Closes a connection whose client takes too long: to send a request, or to take a piece of a reply.
///
/// While the daemon itself works on a request, nothing runs out.
final class SlowClientGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let request: TimeAmount
    private let stall: TimeAmount
    private var deadline: Scheduled<Void>?
    private var unwritten = 0

    init(_ limits: ControlLimits) {
        (request, stall) = (TimeAmount(limits.request), TimeAmount(limits.stall))
    }

    func handlerAdded(context: ChannelHandlerContext) {
        allow(request, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .end = unwrapInboundIn(data) { deadline?.cancel() }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let isEnd = if case .end = unwrapOutboundIn(data) { true } else { false }
        let written = promise ?? context.eventLoop.makePromise()
        if unwritten == 0 { allow(stall, context) }
        unwritten += 1
        written.futureResult.assumeIsolated().whenComplete { [self] _ in
            unwritten -= 1
            if unwritten > 0 {
                allow(stall, context)
            } else if isEnd {
                allow(request, context)
            } else {
                deadline?.cancel()
            }
        }
        context.write(data, promise: written)
    }

    private func allow(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
            context.close(promise: nil)
        }
    }
}
