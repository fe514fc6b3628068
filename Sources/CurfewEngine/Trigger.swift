// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// Everything that can make the loop turn.
package enum Trigger: Sendable {
    /// A moment that the state asked to be woken at has come.
    case tick
    /// Some notebooks of a listing; the sweep is told by its number.
    case page([Notebook], sweep: Int, readAt: Timestamp)
    /// A listing ended, completely or not.
    case listed(sweep: Int, failure: ServiceFailure?)
    /// Looks at one notebook's evidence have been taken.
    case looked(NotebookID, [Observation])
    /// A source has been asked about the whole fleet, once for each budget; nothing when it cannot be asked.
    case surveyed(EvidenceName, [Duration: any FleetView])
    /// The ledger took an intent, or could not.
    case intentRecorded(AttemptID, failure: String?)
    /// The ledger could not keep what it was given, or can again.
    case ledgerWritten(failure: String?)
    /// The ledger told who used how much, or could not; the number is that of the question.
    case usageRecalled(number: Int, Result<UsageMemory, UsageUnreadable>)
    /// The facts for an attempt have been gathered afresh.
    case gathered(AttemptID, Result<FreshFacts, ServiceFailure>)
    /// The call of an attempt was answered.
    case answered(AttemptID, failure: ServiceFailure?)
    /// The reading that should confirm an attempt.
    case confirmation(AttemptID, Result<FreshFacts, ServiceFailure>)
    /// Time did not pass as it should.
    case disturbed(Disturbance)
    /// A person wants something done; the number tells acts apart.
    case act(OperatorAct, Int)
    /// The ledger took an act, or could not.
    case actRecorded(Int, failure: String?)
    /// A new policy, already checked, that a signal brought.
    case reload(Policy)
    /// The daemon is to end.
    case shutdown
}

extension Trigger {
    /// The policy that it brings.
    var policy: Policy? {
        switch self {
        case .reload(let policy): policy
        case .act(let act, _): if case .reload(let policy) = act.kind { policy } else { nil }
        default: nil
        }
    }
}

/// An action on one notebook, told apart from earlier ones on the same notebook.
package struct AttemptID: Hashable, Sendable {
    package let notebook: NotebookID
    package let number: Int
}

/// A notebook as read at one moment, with the looks taken after it.
package struct FreshFacts: Sendable {
    package var notebook: Notebook
    /// When the reading was begun.
    package var readAt: Timestamp
    package var observations: [Observation]

    package init(notebook: Notebook, readAt: Timestamp, observations: [Observation] = []) {
        self.notebook = notebook
        self.readAt = readAt
        self.observations = observations
    }
}

/// Why the ledger could not tell who used how much.
package struct UsageUnreadable: Error, Sendable {
    package var text: String

    package init(text: String) {
        self.text = text
    }
}
