// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore

extension StatusTableRow {
    /// What the evidence says of a notebook's use.
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

    var use: Use {
        switch activity {
        case nil: .notAsked
        case "active": .active
        case "idle": lastActivityAt.map { .idle(since: $0) } ?? .unknown
        // Where looks were taken in vain, that is the reason itself.
        default: code.hasPrefix("evidence-") && code != "evidence-due" ? .unknown : .notLooked
        }
    }

    var idleSince: Timestamp? {
        if case .idle(let since) = use { since } else { nil }
    }

    var isRunning: Bool { status == "RUNNING" }

    /// Smaller is more urgent.
    var urgency: Int {
        if isStuck { return 0 }
        if let underWay { return underWay == "stop" ? 1 : 4 }
        return ["stop": 2, "warn": 3, "prolong": 5][action] ?? (isRunning ? 6 : 7)
    }
}
