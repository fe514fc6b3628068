// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Counts connections, so that nobody takes all of them.
final class Admission: Sendable {
    private let limits: ControlLimits
    private let counts = Mutex<[UInt32: Int]>([:])

    init(_ limits: ControlLimits) {
        self.limits = limits
    }

    /// Lets one more connection of the user in; false when there are too many.
    ///
    /// Root has connections of its own.
    func enter(_ user: UInt32) -> Bool {
        counts.withLock { counts in
            let own = counts[user, default: 0]
            let others = counts.reduce(0) { $1.key == 0 ? $0 : $0 + $1.value }
            let isFull = user == 0 ? own >= limits.rootConnections : others >= limits.connections
            guard !isFull, user == 0 || own < limits.connectionsOfUser else { return false }
            counts[user] = own + 1
            return true
        }
    }

    /// A connection of the user has ended.
    func leave(_ user: UInt32) {
        counts.withLock { counts in
            let left = counts[user, default: 0] - 1
            counts[user] = left > 0 ? left : nil
        }
    }
}
