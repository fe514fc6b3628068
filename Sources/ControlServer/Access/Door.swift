// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// Somebody who connected.
enum Visitor: Sendable {
    case admitted(HTTPConnection, Peer)
    /// Too many are here already, or nobody knows who it is.
    case turnedAway(any Channel)
}

/// Lets connections in, by who they are and how many there are.
struct Door: Sendable {
    private let limits: ControlLimits
    private let admission: Admission

    init(limits: ControlLimits) {
        self.limits = limits
        admission = Admission(limits)
    }

    /// Decides on a new connection.
    @Sendable
    func open(_ channel: any Channel) -> EventLoopFuture<Visitor> {
        Peer.of(channel).flatMapThrowing { peer -> Visitor in
            guard admission.enter(peer.user) else { return .turnedAway(channel) }
            do {
                return .admitted(try HTTPPipeline.add(to: channel, limits), peer)
            } catch {
                admission.leave(peer.user)
                throw error
            }
        }
    }

    /// The connection of an admitted peer has ended.
    func leave(_ peer: Peer) {
        admission.leave(peer.user)
    }

    /// Says so and hangs up; whatever the client sends is not read.
    func turnAway(_ channel: any Channel) async {
        let text = "too many connections are open: close some, or try again in a few seconds"
        let problem = Reply.problem(ControlProblem(.unavailable, code: "too-many-connections", text))
        guard case .whole(let status, let headers, let body) = problem else { return }
        var bytes = ByteBuffer(string: "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n")
        for (name, value) in headers { bytes.writeString("\(name): \(value)\r\n") }
        bytes.writeString("retry-after: 5\r\nconnection: close\r\ncontent-length: \(body.readableBytes)\r\n\r\n")
        bytes.writeImmutableBuffer(body)
        // The client may have gone, which is what is wanted.
        try? await channel.writeAndFlush(bytes).get()
        try? await channel.close().get()
    }
}
