// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// Writes replies to a connection, no faster than they are taken.
struct ReplyWriter {
    typealias Parts = NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>

    let parts: Parts
    let limits: ControlLimits

    /// Bytes that are handed to the connection at once; the next ones wait until most of these are taken.
    private static let piece = 64 * 1_024

    /// The client takes a reply too slowly.
    struct TooSlow: Error {}

    /// Leave to send a body.
    func goOn() async throws {
        try await parts.write(.head(HTTPResponseHead(version: .http1_1, status: .continue)))
    }

    func write(
        _ status: HTTPResponseStatus,
        _ headers: HTTPHeaders,
        _ body: ByteBuffer,
        isHead: Bool = false,
        isLast: Bool
    ) async throws {
        var headers = headers
        // Neither has a body (RFC 9110, section 8.6).
        if status != .noContent, status != .notModified {
            headers.add(name: "content-length", value: "\(body.readableBytes)")
        }
        if isLast { headers.add(name: "connection", value: "close") }
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        try await write(isHead ? [] : [body], after: .head(head), before: .end(nil))
    }

    /// Begins a stream of events.
    func beginEvents() async throws {
        let headers: HTTPHeaders = ["content-type": "text/event-stream", "cache-control": "no-store"]
        try await parts.write(.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)))
    }

    func write(_ next: NewestStatus.Next) async throws {
        switch next {
        case .status(let content): try await event(content)
        case .heartbeat: try await write([ByteBuffer(string: ":\n\n")])
        }
    }

    /// Writes one event with the content as its data.
    private func event(_ content: ControlContent) async throws {
        let identity = content.version.map { "id: \($0)\n" } ?? ""
        let begin = ByteBuffer(string: "event: status\n\(identity)data: ")
        // The content is JSON without line feeds, so it is one line of data.
        try await write([begin, content.buffer, ByteBuffer(string: "\n\n")])
    }

    /// Writes the buffers piece by piece, what stands before and behind them together with the first and the last: each
    /// write is a way to the connection's thread and back.
    private func write(
        _ buffers: [ByteBuffer],
        after first: HTTPServerResponsePart? = nil,
        before last: HTTPServerResponsePart? = nil
    ) async throws {
        let end = NIODeadline.now() + TimeAmount(limits.reply)
        var next = first.map { [$0] } ?? []
        var room = Self.piece
        for var buffer in buffers {
            while let piece = buffer.readSlice(length: min(room, buffer.readableBytes)), piece.readableBytes > 0 {
                next.append(.body(.byteBuffer(piece)))
                room -= piece.readableBytes
                guard room == 0 else { continue }
                guard NIODeadline.now() < end else { throw TooSlow() }
                try await parts.write(contentsOf: next)
                (next, room) = ([], Self.piece)
            }
        }
        if let last { next.append(last) }
        guard !next.isEmpty else { return }
        guard NIODeadline.now() < end else { throw TooSlow() }
        try await parts.write(contentsOf: next)
    }
}
