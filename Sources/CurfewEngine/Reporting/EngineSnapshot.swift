// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// The engine's whole view at the end of one turn, for readers outside the loop.
package struct EngineSnapshot: Sendable {
    package var takenAt: Timestamp
    /// When the daemon began.
    package var startedAt: Timestamp
    package var policy: Policy
    /// Since when that policy has been in force.
    package var policySince: Timestamp
    /// In the order of their ids.
    package var notebooks: [NotebookView]
    /// Why no stop goes out, if so.
    package var holds: [StandingHold]
    /// The freeze by hand, if one stands; it is among the holds as well.
    package var freeze: HandFreeze?
    /// The notebooks whose stops the guard against too many of them holds: those that an approval lets go.
    package var heldStops: [NotebookID]
    /// The notebooks whose stops were approved and have not been sent yet.
    package var approvedStops: [NotebookID]
    /// Notebooks RUNNING in the last complete listing.
    package var running: Int
    /// When the last complete listing ended; nil before the first.
    package var lastListedAt: Timestamp?
    /// Why the last listing was not complete; nil when it was.
    package var listingFailure: ListingFailure?
    /// Why the ledger cannot be used, if so.
    package var ledgerTrouble: String?
    /// Who has used how much; nil where no rule asks for it.
    package var usage: UsageBook?

    package var mode: Policy.Mode { policy.mode }

    /// The notebook's view; found by bisection.
    package func view(of id: NotebookID) -> NotebookView? {
        var (low, high) = (0, notebooks.count)
        while low < high {
            let middle = (low + high) / 2
            if notebooks[middle].id.text < id.text { low = middle + 1 } else { high = middle }
        }
        return low < notebooks.count && notebooks[low].id == id ? notebooks[low] : nil
    }
}

/// Something that holds all stops back, and since when it does.
package struct StandingHold: Hashable, Sendable {
    package var hold: Hold
    package var since: Timestamp
}

/// A listing that was not complete.
package struct ListingFailure: Hashable, Sendable {
    package var at: Timestamp
    package var text: String
}

extension EngineState {
    /// The whole view as a value; costs time in proportion to what changed, and a little to the fleet.
    package func snapshot(now: Timestamp) -> EngineSnapshot {
        EngineSnapshot(
            takenAt: now,
            startedAt: startedAt,
            policy: policy,
            policySince: policySince,
            notebooks: shelf.update { NotebookView($0, silences: silences(of: $0)) },
            holds: standingHolds.map { StandingHold(hold: $0, since: holdsSince[$0.code] ?? now) },
            freeze: fleet.freeze,
            heldStops: heldStops(now: now),
            approvedStops: approved.sorted { $0.text < $1.text },
            running: fleet.running,
            lastListedAt: fleet.lastCompleteListing,
            listingFailure: listingFailure,
            ledgerTrouble: fleet.ledgerTrouble,
            usage: usage?.book
        )
    }

    /// What a snapshot says of the fleet as a whole, to tell whether there is news.
    var fleetNews: FleetNews {
        FleetNews(
            policySince: policySince,
            holds: standingHolds,
            approved: approved.count,
            lastListedAt: fleet.lastCompleteListing,
            listingFailure: listingFailure
        )
    }
}

/// What of the fleet as a whole makes a snapshot another one.
struct FleetNews: Equatable {
    let policySince: Timestamp
    let holds: [Hold]
    let approved: Int
    let lastListedAt: Timestamp?
    let listingFailure: ListingFailure?
}
