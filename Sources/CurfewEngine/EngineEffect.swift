// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What the state wants done; the engine does it outside the loop and reports back by a `Trigger`.
package enum EngineEffect: Sendable {
    /// List all notebooks.
    case list(sweep: Int)
    /// Look at one notebook's evidence.
    case look(Notebook, EvidenceQuestion)
    /// Ask a source about the whole fleet.
    case survey(FleetQuestion)
    /// Keep an entry; the attempt is that of an intent.
    case record(LedgerEntry, for: AttemptID?)
    /// Keep what a person wants done; nothing is done before the ledger has it.
    case recordAct(LedgerEntry, Int)
    /// Tell the person what came of the act.
    case answer(act: Int, Result<ActOutcome, ActRefusal>)
    /// Read from the ledger who used how much, behind all entries that were given to it before.
    case recallUsage(number: Int, since: Timestamp)
    /// Read the notebook, then look at its evidence.
    case gather(AttemptID, EvidenceQuestion)
    /// Send the request that changes something.
    case call(AttemptID, ActionAttempt.Order)
    /// Read the notebook to see what came of the call.
    case confirm(AttemptID, ActionAttempt.Order)
    /// Tell the world.
    case report(EngineReport)
}

extension EngineEffect {
    /// Whether it tells a person that an act is done.
    var isDone: Bool {
        if case .answer(_, .success) = self { true } else { false }
    }
}
