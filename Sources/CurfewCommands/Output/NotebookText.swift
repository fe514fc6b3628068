// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// How long a lease lasts, for tables.
enum LeaseText {
    static func left(of notebook: Notebook, now: Timestamp) -> String {
        guard notebook.status.isRunning else { return "-" }
        switch notebook.lease {
        case .unreadable: return "unknown"
        case .known(let lease):
            guard let expiry = lease.expiry else { return "no end" }
            let text = expiry > now ? (expiry - now).spanText : "over"
            return lease.kind == .idle ? "\(text) (IDLE)" : text
        }
    }
}

/// What the evidence says, for tables.
enum ActivityText {
    static func text(of decision: Decision, now: Timestamp) -> String {
        guard let activity = decision.activity else { return "-" }
        switch activity.state {
        case .active: return "active" + silent(activity)
        case .unknown: return activity.evidence.isEmpty ? "not looked at" : "unknown"
        case .idle: return "idle \(max(.zero, now - activity.lastActivityAt).spanText)" + silent(activity)
        }
    }

    /// The sources without which it was decided.
    private static func silent(_ activity: ActivityVerdict) -> String {
        let names = activity.evidence.compactMap { look in
            if case .unknown = look.activity { look.source.text } else { nil }
        }
        return names.isEmpty ? "" : " (\(names.joined(separator: ", ")) unknown)"
    }
}
