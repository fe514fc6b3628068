// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewEngine
import Glibc
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Answers people and programs on a Unix socket: HTTP/1.1 with JSON, as `docs/control-api.yaml` says.
///
/// It works on a thread of its own and within `ControlLimits`, so that no client delays the loop.
package struct ControlServer: Service {
    private let socket: ControlSocket
    private let backend: any ControlBackend
    private let accounts: Accounts
    private let time: any TimeSource
    private let logger: Logger
    private let limits: ControlLimits

    /// A server for a socket that listens already; `run` takes it over and closes it.
    package init(
        socket: ControlSocket,
        backend: any ControlBackend,
        accounts: Accounts,
        time: any TimeSource,
        logger: Logger,
        limits: ControlLimits = ControlLimits()
    ) {
        (self.socket, self.backend, self.accounts) = (socket, backend, accounts)
        (self.time, self.logger, self.limits) = (time, logger, limits)
    }

    private static var messageID: Logger.Metadata { ["message.id": "\(MessageID.daemon.rawValue)"] }

    /// Serves until graceful shutdown or cancellation; then requests that are being answered are dropped.
    ///
    /// It never fails: whatever ends it early is logged, and the daemon goes on without it.
    package func run() async {
        let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            try await serve(on: threads)
        } catch {
            complain(error)
        }
        // It fails only when it is done twice.
        try? await threads.shutdownGracefully()
    }

    private func complain(_ error: any Error) {
        logger.error(
            "the control socket takes no connections any more, restart curfew: \(error)",
            metadata: Self.messageID
        )
    }

    private func serve(on threads: MultiThreadedEventLoopGroup) async throws {
        let door = Door(limits: limits)
        let access = AccessRules(
            accounts: accounts,
            socketGroup: socket.group,
            ownUser: geteuid(),
            time: time
        )
        let responder = Responder(backend: backend, access: access)
        let server = try await ServerBootstrap(group: threads)
            .bind(
                socket.descriptor,
                // The door counts connections, so there is no need to let few of them wait at it.
                serverBackPressureStrategy: NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark(
                    lowWatermark: 64,
                    highWatermark: 256
                ),
                childChannelInitializer: door.open
            )
        try await withGracefulShutdownHandler {
            try await server.executeThenClose { visitors in
                await withDiscardingTaskGroup { group in
                    do {
                        for try await visitor in visitors {
                            group.addTask { await serve(visitor, door, responder) }
                        }
                    } catch {
                        complain(error)
                    }
                    group.cancelAll()
                }
            }
        } onGracefulShutdown: {
            server.channel.close(promise: nil)
        }
    }

    private func serve(_ visitor: Visitor, _ door: Door, _ responder: Responder) async {
        switch visitor {
        case .turnedAway(let channel): await door.turnAway(channel)
        case .admitted(let connection, let peer):
            defer { door.leave(peer) }
            let session = ClientSession(peer: peer, responder: responder, limits: limits, time: time)
            do {
                try await session.serve(connection)
            } catch {
                // A client that goes away, or is too slow, is nobody's trouble but its own.
                logger.debug("a connection to the control socket broke: \(error)", metadata: Self.messageID)
            }
        }
    }
}

/// A Unix socket that listens.
package struct ControlSocket: Sendable {
    package var descriptor: CInt
    /// The group of its file, whose members may read.
    package var group: UInt32

    package init(descriptor: CInt, group: UInt32) {
        (self.descriptor, self.group) = (descriptor, group)
    }
}
