// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore

/// What the table of `status` shows of the daemon's answer.
struct StatusAnswer: Decodable {
    var generatedAt: Timestamp
    var mode: String
    var rows: [StatusRow]
    /// Why stops are held, in words.
    var holds: [String]
    /// What else is wrong with the daemon, in words.
    var troubles: [String]
    var policy: PolicyInForce?
    var lastListedAt: Timestamp?

    /// The policy in force, and since when it is.
    struct PolicyInForce: Equatable {
        var path: String
        var since: Timestamp
    }
}

extension StatusAnswer {
    private enum CodingKeys: String, CodingKey {
        case generatedAt
        case mode
        case decisions
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let decisions = try container.decode([DecisionDocument].self, forKey: .decisions)
        let at = try container.decode(String.self, forKey: .generatedAt)
        generatedAt = Timestamp(rfc3339: at) ?? .distantPast
        mode = try container.decode(String.self, forKey: .mode)
        rows = decisions.map { StatusRow($0) }
        holds = []
        troubles = []
    }
}

extension StatusRow {
    init(_ decision: DecisionDocument) {
        let notebook = decision.notebook
        let isRunning = notebook.status == "RUNNING"
        self.init(
            id: notebook.id,
            name: notebook.name,
            owner: notebook.owner ?? "-",
            status: notebook.status,
            leaseEnd: decision.lease?.expiresAt.flatMap { Timestamp(rfc3339: $0) },
            leaseText: !isRunning ? "-" : decision.lease == nil ? "unknown" : "no end",
            use: Use(decision.activity),
            deadline: decision.deadline.flatMap { Timestamp(rfc3339: $0) },
            action: decision.action,
            rule: decision.rule,
            reason: decision.reasons.map(\.text).joined(separator: "; "),
            markEnd: (decision.mark?.until).flatMap { Timestamp(rfc3339: $0) },
            underWay: nil,
            isStuck: false
        )
    }
}

extension StatusRow.Use {
    init(_ activity: ActivityDocument?) {
        guard let activity else {
            self = .notAsked
            return
        }
        switch activity.state {
        case "active": self = .active
        case "idle": self = Timestamp(rfc3339: activity.lastActivityAt).map { .idle(since: $0) } ?? .unknown
        default: self = activity.evidence.isEmpty ? .notLooked : .unknown
        }
    }
}
