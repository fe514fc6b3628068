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
    private enum CodingKeys: String, CodingKey { case decisions }

    init(from decoder: any Decoder) throws {
        let head = try StatusHead(from: decoder)
        let decisions = try decoder.container(keyedBy: CodingKeys.self)
            .decode([NotebookStatusDocument].self, forKey: .decisions)
        generatedAt = Timestamp(rfc3339: head.generatedAt) ?? .distantPast
        mode = head.mode
        rows = decisions.map { StatusRow($0) }
        holds = head.holds.map(\.text)
        var troubles: [String] = []
        // A hold says the same of a ledger that holds the stops.
        if let why = head.ledgerTrouble, !head.holds.contains(where: { $0.code == "held-ledger" }) {
            troubles.append("the ledger cannot be used: \(why)")
        }
        if let failure = head.fleet.listingFailure {
            troubles.append("the listing at \(failure.at) was not complete: \(failure.text)")
        }
        self.troubles = troubles
        policy = Timestamp(rfc3339: head.policy.loadedAt).map { PolicyInForce(path: head.policy.path, since: $0) }
        lastListedAt = head.fleet.lastListedAt.flatMap { Timestamp(rfc3339: $0) }
    }
}

extension StatusRow {
    init(_ status: NotebookStatusDocument) {
        let decision = status.decision
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
            underWay: status.state.underWay,
            isStuck: status.state.isStuck
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
