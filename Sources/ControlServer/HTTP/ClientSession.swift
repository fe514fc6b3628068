// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import NIOCore
import NIOHTTP1

/// One connection: requests one after the other, until either side has enough.
struct ClientSession: Sendable {
    let peer: Peer
    let responder: Responder
    let limits: ControlLimits
    let time: any TimeSource

    func serve(_ connection: HTTPConnection) async throws {
        try await connection.executeThenClose { inbound, outbound in
            var reader = RequestReader(inbound, peer: peer, limits: limits)
            let writer = ReplyWriter(parts: outbound, limits: limits)
            while true {
                switch try await reader.next(goOn: writer.goOn) {
                case .over: return
                case .problem(let problem):
                    try await write(.problem(problem), to: writer, isLast: true)
                    return
                case .request(let request):
                    let reply = await responder.reply(to: request)
                    if case .events(let statuses) = reply {
                        try await follow(statuses, inbound: &reader, writer, connection.channel)
                        return
                    }
                    // HTTP/1.0 has no persistent connections that all clients agree on.
                    let isLast = !request.head.isKeepAlive || request.head.version != .http1_1
                    try await write(reply, to: writer, isHead: request.head.method == .HEAD, isLast: isLast)
                    if isLast { return }
                }
            }
        }
    }

    private func write(
        _ reply: Reply,
        to writer: ReplyWriter,
        isHead: Bool = false,
        isLast: Bool
    ) async throws {
        guard case .whole(let status, let headers, let body) = reply else { return }
        try await writer.write(status, headers, body, isHead: isHead, isLast: isLast)
    }

    /// Sends each status until the client has gone or the daemon ends; one that reads slowly gets the newest only.
    private func follow(
        _ statuses: AsyncStream<ControlContent>,
        inbound reader: inout RequestReader,
        _ writer: ReplyWriter,
        _ channel: any Channel
    ) async throws {
        try await writer.beginEvents()
        let newest = NewestStatus()
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await status in statuses { newest.put(status) }
                newest.finish()
            }
            group.addTask {
                // The only error is cancellation, which ends the loop.
                while (try? await time.sleep(until: time.now + limits.heartbeat)) != nil { newest.beat() }
            }
            group.addTask {
                // A follower that cannot be written to has gone.
                try? await newest.each { try await writer.write($0) }
                channel.close(promise: nil)
            }
            await reader.end()
            group.cancelAll()
        }
    }
}
