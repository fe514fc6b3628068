// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// One notebook in the table of `status`.
struct StatusRow: Equatable {
    var id: String
    var name: String
    var owner: String
    var status: String
    /// Nil when it has no end or cannot be read.
    var leaseEnd: Timestamp?
    /// What stands for the lease where it has no end: `no end`, `unknown`, `-`.
    var leaseText: String
    var use: Use
    var deadline: Timestamp?
    /// `stop`, `warn`, `prolong` or `leave`.
    var action: String
    var rule: String?
    /// The ground that counts most, in words.
    var reason: String
    /// The keep-alive that holds, such as `grant until …`.
    var markEnd: Timestamp?
    /// `stop` or `prolong` while that is being done.
    var underWay: String?
    var isStuck: Bool

    /// What the evidence says of its use.
    enum Use: Equatable {
        /// Its rule asks for none.
        case notAsked
        case active
        case idle(since: Timestamp)
        /// Nobody has looked yet.
        case notLooked
        /// Nobody can tell.
        case unknown
    }

    var isRunning: Bool { status == "RUNNING" }

    var idleSince: Timestamp? {
        if case .idle(let since) = use { since } else { nil }
    }

    /// Smaller is more urgent.
    var urgency: Int {
        if isStuck { return 0 }
        if let underWay { return underWay == "stop" ? 1 : 4 }
        return ["stop": 2, "warn": 3, "prolong": 5][action] ?? (isRunning ? 6 : 7)
    }
}
