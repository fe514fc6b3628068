// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore

/// Who is at the other end of a connection, as the kernel saw it when the connection was made (`SO_PEERCRED`, unix(7)).
package struct Peer: Sendable, Hashable {
    package let user: UInt32
    /// The effective group; the user's other groups are the name service's to tell.
    package let group: UInt32
    package let process: Int32

    package init(user: UInt32, group: UInt32, process: Int32) {
        (self.user, self.group, self.process) = (user, group, process)
    }

    /// Asks the kernel; fails on anything but a Unix socket.
    static func of(_ channel: any Channel) -> EventLoopFuture<Peer> {
        guard let options = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeFailedFuture(NoCredentials())
        }
        let credentials: EventLoopFuture<Credentials> = options.unsafeGetSocketOption(
            level: .socket,
            name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        )
        return credentials.map { Peer(user: $0.user, group: $0.group, process: $0.process) }
    }

    /// `struct ucred` of the kernel, which the C library shows to those who ask for its extensions only.
    private struct Credentials: Sendable {
        var process: Int32
        var user: UInt32
        var group: UInt32
    }

    private struct NoCredentials: Error {}
}
