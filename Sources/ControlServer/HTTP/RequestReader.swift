// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// Reads whole requests from a connection, within bounds.
struct RequestReader {
    typealias Parts = NIOAsyncChannelInboundStream<HTTPServerRequestPart>

    private var parts: Parts.AsyncIterator
    private let limits: ControlLimits
    private let peer: Peer

    init(_ parts: Parts, peer: Peer, limits: ControlLimits) {
        self.parts = parts.makeAsyncIterator()
        (self.peer, self.limits) = (peer, limits)
    }

    /// What came of reading.
    enum Outcome {
        case request(Request)
        /// It cannot be read, and nothing behind it either.
        case problem(ControlProblem)
        /// The client has gone.
        case over
    }

    /// The next request; `goOn` is called when the client waits for leave to send a body.
    mutating func next(goOn: () async throws -> Void) async throws -> Outcome {
        do {
            guard let part = try await parts.next(isolation: #isolation) else { return .over }
            guard case .head(let head) = part else { return .problem(.badRequest("a request begins with its method")) }
            if head.uri.utf8.count > limits.address {
                let most = "an address has at most \(limits.address) bytes"
                return .problem(ControlProblem(.addressTooLong, code: "address-too-long", most))
            }
            return try await body(of: head, goOn)
        } catch let error as HTTPParserError {
            if case .headerOverflow = error {
                let most = "the headers of a request have at most \(limits.headers) bytes"
                return .problem(ControlProblem(.headersTooLarge, code: "headers-too-large", most))
            }
            return .problem(.badRequest("the request is no HTTP/1.1: \(error)"))
        }
    }

    private mutating func body(of head: HTTPRequestHead, _ goOn: () async throws -> Void) async throws -> Outcome {
        if let length = head.headers.first(name: "content-length").flatMap(Int.init), length > limits.body {
            return .problem(tooLarge)
        }
        if head.headers[canonicalForm: "expect"].contains(where: { $0.lowercased() == "100-continue" }) {
            try await goOn()
        }
        var body = ByteBuffer()
        while let part = try await parts.next(isolation: #isolation) {
            switch part {
            case .head: return .problem(.badRequest("a request ends before the next one begins"))
            case .body(var piece):
                guard body.readableBytes + piece.readableBytes <= limits.body else { return .problem(tooLarge) }
                body.writeBuffer(&piece)
            case .end: return .request(Request(head: head, body: body, peer: peer))
            }
        }
        return .over
    }

    private var tooLarge: ControlProblem {
        ControlProblem(.contentTooLarge, code: "body-too-large", "a body has at most \(limits.body) bytes")
    }

    /// Returns when the client has gone or sends something more.
    mutating func end() async {
        // A connection that breaks is one whose client has gone.
        _ = try? await parts.next(isolation: #isolation)
    }
}
