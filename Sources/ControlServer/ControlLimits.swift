// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The bounds within which strangers may use the socket.
package struct ControlLimits: Sendable {
    /// Connections of all users but root together.
    package var connections = 256
    /// Connections of one user but root.
    package var connectionsOfUser = 128
    /// Connections of root, beside all others.
    package var rootConnections = 256
    /// Bytes of a request's body.
    package var body = 64 * 1_024
    /// Bytes of a request's address.
    package var address = 8 * 1_024
    /// Bytes of one header field, and of all.
    package var headers = 16 * 1_024
    /// The time for a request to arrive, counted from the connection's begin or the reply before.
    package var request: Duration = .seconds(10)
    /// The time for one piece of a reply to be taken.
    package var stall: Duration = .seconds(10)
    /// The time for a whole reply or event to be taken.
    package var reply: Duration = .seconds(60)
    /// The pause between two signs of life to one that follows.
    package var heartbeat: Duration = .seconds(15)

    package init() {}
}
