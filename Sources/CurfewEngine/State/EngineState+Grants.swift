// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    /// Keeps a notebook alive as an operator asks; it holds from this turn on, and the ledger keeps it.
    mutating func keep(_ id: NotebookID, _ grant: Grant, now: Timestamp) {
        guard let tracked = notebooks[id] else { return }
        tracked.record.take(grant)
        guard let grant = tracked.record.grant else { return }
        record(.granted(id, grant), now: now)
        effects.append(.report(.granted(tracked.record.notebook, grant)))
        replan(tracked, now: now)
    }

    mutating func withdrawGrant(of id: NotebookID, by person: String, now: Timestamp) {
        guard let tracked = notebooks[id], let grant = tracked.record.grant, grant.withdrawnAt == nil else { return }
        tracked.record.withdrawGrant(at: now)
        record(.grantWithdrawn(id, by: person), now: now)
        effects.append(.report(.grantWithdrawn(tracked.record.notebook, by: person)))
        replan(tracked, now: now)
    }
}
