// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What the status says of the daemon and the fleet as a whole.
package struct StatusHead: Codable, Equatable, Sendable {
    /// When the daemon saw what the status says.
    package let generatedAt: String
    package let mode: String
    package let daemon: DaemonDocument
    package let policy: PolicyStateDocument
    package let fleet: FleetDocument
    /// Why no stop goes out; empty when stops go out.
    package let holds: [HoldDocument]
    /// The freeze by hand; it stands among the holds, too.
    @ExplicitNull package var freeze: HandFreezeDocument?
    /// The notebooks whose stops `approve` lets go.
    package let heldStops: [String]
    /// The notebooks whose stops were approved and have not been sent yet.
    package let approvedStops: [String]
    /// Why the ledger cannot be used; null when it can.
    @ExplicitNull package var ledgerTrouble: String?

    package init(
        generatedAt: Timestamp,
        mode: Policy.Mode,
        daemon: DaemonDocument,
        policy: PolicyStateDocument,
        fleet: FleetDocument,
        holds: [HoldDocument] = [],
        freeze: HandFreeze? = nil,
        heldStops: [NotebookID] = [],
        approvedStops: [NotebookID] = [],
        ledgerTrouble: String? = nil
    ) {
        self.generatedAt = generatedAt.description
        self.mode = mode.rawValue
        (self.daemon, self.policy, self.fleet, self.holds) = (daemon, policy, fleet, holds)
        (self.heldStops, self.approvedStops) = (heldStops.map(\.text), approvedStops.map(\.text))
        self.freeze = freeze.map(HandFreezeDocument.init)
        self.ledgerTrouble = ledgerTrouble
    }
}

/// The daemon that answers.
package struct DaemonDocument: Codable, Equatable, Sendable {
    package let version: String
    package let startedAt: String

    package init(version: String, startedAt: Timestamp) {
        (self.version, self.startedAt) = (version, startedAt.description)
    }
}

/// The policy in force.
package struct PolicyStateDocument: Codable, Equatable, Sendable {
    /// The file it was read from.
    package let path: String
    /// Of the file's bytes, as in the ledger.
    package let digest: String
    package let loadedAt: String
    /// How many rules it has.
    package let rules: Int

    package init(path: String, digest: String, loadedAt: Timestamp, rules: Int) {
        (self.path, self.digest, self.loadedAt, self.rules) = (path, digest, loadedAt.description, rules)
    }
}

/// The fleet in numbers, whatever the status was filtered by.
package struct FleetDocument: Codable, Equatable, Sendable {
    package let notebooks: Int
    /// RUNNING in the last complete listing.
    package let running: Int
    /// Kept alive by a rule, a mark or a grant.
    package let kept: Int
    /// Whose activity cannot be told although somebody looked.
    package let unknown: Int
    /// With a stop that is due.
    package let due: Int
    package let stuck: Int
    /// The first instant at which a notebook will be stopped if nothing new is seen.
    @ExplicitNull package var nextDeadline: String?
    /// When the last complete listing ended.
    @ExplicitNull package var lastListedAt: String?
    /// Why the last listing was not complete; null when it was.
    @ExplicitNull package var listingFailure: ListingFailureDocument?

    package init(
        _ counts: FleetCounts,
        running: Int,
        lastListedAt: Timestamp?,
        listingFailure: ListingFailureDocument?
    ) {
        self.running = running
        (notebooks, kept, unknown) = (counts.notebooks, counts.kept, counts.unknown)
        (due, stuck) = (counts.due, counts.stuck)
        nextDeadline = counts.nextDeadline?.description
        self.lastListedAt = lastListedAt?.description
        self.listingFailure = listingFailure
    }
}

/// Counts notebooks by what is decided about them.
package struct FleetCounts: Sendable {
    private(set) var notebooks = 0
    private(set) var kept = 0
    private(set) var unknown = 0
    private(set) var due = 0
    private(set) var stuck = 0
    private(set) var nextDeadline: Timestamp?

    package init() {}

    package mutating func count(_ decision: Decision, isStuck: Bool, now: Timestamp) {
        notebooks += 1
        if isStuck { stuck += 1 }
        if decision.isDue(now) { due += 1 }
        if decision.reasons.contains(where: { if case .keptAlive = $0 { true } else { false } }) { kept += 1 }
        if case .unknown(let why)? = decision.activity?.state, !why.isMissingLook { unknown += 1 }
        if let deadline = decision.deadline { nextDeadline = min(nextDeadline ?? deadline, deadline) }
    }
}

/// A listing that was not complete.
package struct ListingFailureDocument: Codable, Equatable, Sendable {
    package let at: String
    package let text: String

    package init(at: Timestamp, text: String) {
        (self.at, self.text) = (at.description, text)
    }
}

/// A freeze by hand.
package struct HandFreezeDocument: Codable, Equatable, Sendable {
    package let by: String
    package let since: String
    @ExplicitNull package var reason: String?

    package init(_ freeze: HandFreeze) {
        (by, since) = (freeze.by, freeze.since.description)
        reason = freeze.reason
    }
}
