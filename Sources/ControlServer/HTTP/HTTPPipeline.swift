// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// A connection that speaks HTTP/1.1.
typealias HTTPConnection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

/// Turns the bytes of a connection into parts of requests, within bounds.
enum HTTPPipeline {
    static func add(to channel: any Channel, _ limits: ControlLimits) throws -> HTTPConnection {
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = limits.headers
        decoding.maxHeaderListSize = limits.headers
        decoding.maxHeaderFieldCount = 100
        let pipeline = channel.pipeline.syncOperations
        // Requests are answered one after the other, and errors are told as problem details: both are done above.
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: false,
            withErrorHandling: false,
            withOutboundHeaderValidation: true,
            withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: decoding
        )
        try pipeline.addHandler(SlowClientGuard(limits))
        return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
    }
}
