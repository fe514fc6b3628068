// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// Something that a person does to the running daemon.
package struct OperatorAct: Equatable, Sendable {
    package var kind: Kind
    /// The person's user name.
    package var by: String

    package init(_ kind: Kind, by: String) {
        (self.kind, self.by) = (kind, by)
    }

    /// What is done.
    package enum Kind: Equatable, Sendable {
        /// Hold all stops; renewals and warnings go on.
        case freeze(reason: String?)
        /// End the freeze by hand, and nothing else that holds stops.
        case thaw
        /// Let the stops go that the guard against too many of them holds: those of the given notebooks, or all.
        case approve([NotebookID]?)
        /// Keep a notebook alive, whatever its user does.
        case keep(NotebookID, KeepTerm, reason: String?)
        /// Withdraw what a person granted.
        case release(NotebookID)
        /// Put another policy, already checked, into force.
        case reload(Policy)
    }

    /// How long a notebook is to be kept alive.
    package enum KeepTerm: Hashable, Sendable {
        case until(Timestamp)
        /// Counted from when the daemon takes the act.
        case lasting(Duration)
    }
}

/// What came of an act that was done and stands in the ledger.
package enum ActOutcome: Hashable, Sendable {
    /// All stops are held; the text says why the freeze would not survive a restart, if so.
    case frozen(HandFreeze, notKept: String?)
    /// What else holds stops still, if anything does.
    case thawed(stillHeld: [Hold])
    case approved(Approval)
    case kept(Keep)
    case released(NotebookID)
    /// The policy is in force; the text says why the ledger does not know who did it, if so.
    case reloaded(notKept: String?)

    /// Which stops go.
    package struct Approval: Hashable, Sendable {
        /// Notebooks whose stop goes now, if a fresh look agrees.
        package var letGo: [NotebookID]
        /// Notebooks that were named and whose stop the guard does not hold.
        package var notHeld: [NotebookID]
        /// Notebooks whose stop the guard still holds.
        package var stillHeld: [NotebookID]
    }

    /// A grant as it holds.
    package struct Keep: Hashable, Sendable {
        package var notebook: NotebookID
        package var grant: Grant
        /// Until when it holds, which may be earlier than was asked for.
        package var until: Timestamp
        /// The rule that decides about the notebook now.
        package var rule: String?
        /// Whether that rule keeps it because of the grant; if not, an earlier rule decides without asking for marks.
        package var isInEffect: Bool
    }
}

/// Why an act was not done; nothing has changed then.
package enum ActRefusal: Error, Hashable, Sendable {
    /// No notebook has this id.
    case unknownNotebook(NotebookID)
    /// No rule of the policy asks for marks, so a grant would keep nothing alive.
    case marksUnused
    /// The end that was asked for is over.
    case endIsOver(Timestamp)
    /// It has been kept alive for as long as the policy allows without a break of a day.
    case keptTooLong(since: Timestamp, longest: Duration)
    /// Nobody granted it anything that holds.
    case notKept(name: String)
    /// Nobody froze the stops by hand.
    case notFrozen
    /// The guard against too many stops holds nothing.
    case nothingHeld
    /// It holds stops, but of none of the notebooks that were named.
    case noneHeld([NotebookID])
    /// The ledger cannot keep it; the text says why.
    case notRecorded(String)
    /// The daemon is ending.
    case ending
}

extension ActRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownNotebook(let id): "no notebook has the id \(id); it may be gone, or not be listed yet"
        case .marksUnused:
            "no rule of the policy has `match: {marked: true}`, so keep-alive would have no effect; add such a rule first"
        case .endIsOver(let end): "\(end) is over; name an instant in the future"
        case .keptTooLong(let since, let longest):
            "it has been kept since \(since), and the policy lets no mark hold longer than \(longest.spanText); "
                + "write a rule for it, or wait for a day without keep-alive"
        case .notKept(let name): "nobody keeps \(name) alive by a grant; a tag of its own is its user's to remove"
        case .notFrozen: "the stops are not frozen by hand"
        case .nothingHeld: "the guard against too many stops holds nothing"
        case .noneHeld: "the guard against too many stops holds none of these notebooks"
        case .notRecorded(let why): "the ledger cannot keep it, so nothing was done: \(why)"
        case .ending: "the daemon is ending; try again when it is back"
        }
    }
}
