// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// What a request is answered with.
enum Reply: Sendable {
    case whole(HTTPResponseStatus, HTTPHeaders, ByteBuffer)
    /// Server-sent events, for as long as the client listens.
    case events(AsyncStream<ControlContent>)

    /// An answer in JSON.
    static func content(_ content: ControlContent) -> Reply {
        var headers: HTTPHeaders = ["content-type": "application/json", "cache-control": "no-cache"]
        if let version = content.version { headers.add(name: "etag", value: "\"\(version)\"") }
        return .whole(.ok, headers, content.buffer)
    }

    /// Problem details.
    static func problem(_ problem: ControlProblem, headers more: HTTPHeaders = [:]) -> Reply {
        var headers: HTTPHeaders = ["content-type": "application/problem+json", "cache-control": "no-store"]
        headers.add(contentsOf: more)
        // The document has texts and numbers only, which JSON can always say.
        let body = (try? ControlContent(problem.document))?.buffer ?? ByteBuffer()
        return .whole(.init(statusCode: problem.status.rawValue, reasonPhrase: problem.status.phrase), headers, body)
    }
}
