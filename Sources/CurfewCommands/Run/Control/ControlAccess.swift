// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlServer
import CurfewCore
import CurfewEngine
import Logging
import SystemdSupport

/// The socket of this daemon, or why it has none.
struct ControlAccess: Sendable {
    /// Members of this group may read, where it exists.
    private static let readers = "curfew"

    private let socket: ListeningSocket?

    /// Takes the socket that the service manager hands over, else makes `control.sock` in the directory.
    ///
    /// A socket that another process listens on ends the program (75). Any other trouble is logged, and the daemon goes
    /// on without a socket: leases that are kept alive must not run out for that.
    init(directory: String, logger: Logger, terminal: Terminal) throws {
        do {
            socket = try ListeningSocket.inherited() ?? Self.make(in: directory)
        } catch SocketFailure.inUse(let path) {
            terminal.complain("curfew: \(SocketFailure.inUse(path))")
            throw ExitStatus.temporary
        } catch {
            socket = nil
            logger.error(
                "nobody can ask this daemon: \(error)",
                metadata: ["message.id": "\(MessageID.daemon.rawValue)"]
            )
        }
    }

    private static func make(in directory: String) throws(SocketFailure) -> ListeningSocket {
        let path = directory.hasSuffix("/") ? directory : directory + "/"
        try ListeningSocket.makeDirectory(path)
        return try ListeningSocket.open(path: path + "control.sock", group: readers)
    }

    /// The service that answers on the socket; nil when there is none.
    func server(_ backend: any ControlBackend, time: any TimeSource, logger: Logger) -> ControlServer? {
        socket.map { socket in
            ControlServer(
                socket: ControlSocket(descriptor: socket.descriptor, group: socket.group),
                backend: backend,
                accounts: Self.accounts,
                time: time,
                logger: logger
            )
        }
    }

    /// Removes the socket's file.
    func close() {
        socket?.removeFile()
    }

    /// Warns of a group of operators that this machine does not have: nobody but root may act then.
    static func warnOfMissingGroup(in policy: Policy, _ logger: Logger) {
        guard let group = policy.control.operators, NameService.groupNumber(group) == nil else { return }
        logger.warning(
            """
            this machine has no group \(group), which the policy names in `control: {operators: …}`: nobody but root may \
            act until there is one
            """,
            metadata: ["message.id": "\(MessageID.policy.rawValue)"]
        )
    }

    private static var accounts: Accounts {
        Accounts(
            userName: NameService.userName,
            groups: NameService.groups,
            groupNumber: NameService.groupNumber
        )
    }
}
