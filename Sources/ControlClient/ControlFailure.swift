// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import ControlProtocol

/// Why the daemon did not do what it was asked.
package enum ControlFailure: Error, Equatable, Sendable {
    /// Nobody listens at the socket.
    case noDaemon(socket: String)
    /// The system does not let this user open the socket.
    case closed(socket: String)
    /// No connection can be made through this path; the text says why.
    case unusable(socket: String, why: String)
    /// The exchange broke off. What was asked for may have been done all the same.
    case interrupted(why: String)
    /// What answers is no curfew, or another one.
    case garbled(why: String)
    /// The daemon answered with a problem.
    case problem(ProblemDocument)
}

extension ControlFailure: CustomStringConvertible {
    /// What happened and what to do next.
    package var description: String {
        switch self {
        case .noDaemon(let socket):
            "no daemon answers at \(socket); `systemctl status curfew` tells whether it runs, "
                + "and --runtime-dir names the runtime directory of another one"
        case .closed(let socket):
            "this user may not open \(socket); root and the members of the socket's group may (`ls -l \(socket)` names it)"
        case .unusable(let socket, let why):
            "the daemon cannot be reached through \(socket): \(why)"
        case .interrupted(let why):
            "the daemon's answer did not come: \(why); `journalctl -u curfew` and `curfew history` tell what it did"
        case .garbled(let why):
            "what the daemon answered cannot be read: \(why); is it of the same version as this program?"
        case .problem(let problem):
            problem.detail ?? problem.title
        }
    }
}
