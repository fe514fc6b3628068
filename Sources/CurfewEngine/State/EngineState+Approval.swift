// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    /// The notebooks whose stops the guard against too many of them holds, in the order of their ids.
    ///
    /// Those whose last look is only too old to act on are among them: they are looked at again all the time.
    func heldStops(now: Timestamp) -> [NotebookID] {
        guard fleet.isFrozenByGuard, policy.mode == .enforce else { return [] }
        let held = notebooks.values.filter { $0.decision.isDue(now) && !approved.contains($0.id) }
        return held.map(\.id).sorted { $0.text < $1.text }
    }

    /// The stops that may begin now, as far as holds go.
    var releasableStops: Set<NotebookID> {
        guard policy.mode == .enforce else { return [] }
        if standingHolds.isEmpty { return dueStops }
        guard !approved.isEmpty, standingHolds.allSatisfy(\.isOfGuard) else { return [] }
        return dueStops.intersection(approved)
    }

    /// What holds the stop of one notebook back: an approval lifts the guard's freeze for it, and nothing else.
    func holds(for id: NotebookID) -> [Hold] {
        approved.contains(id) ? standingHolds.filter { !$0.isOfGuard } : standingHolds
    }

    /// The notebooks that an approval lets go; throws where it names some and the guard holds the stop of none of them.
    ///
    /// One that names no notebook lets nothing go: it ends a freeze that holds nothing any more.
    func approvable(
        _ named: [NotebookID]?,
        now: Timestamp
    ) throws(ActRefusal) -> [RecordedAct.NamedNotebook] {
        guard fleet.isFrozenByGuard else { throw .nothingHeld }
        let held = heldStops(now: now)
        let chosen = named.map { named in held.filter(Set(named).contains) } ?? held
        if let named, !named.isEmpty, chosen.isEmpty { throw .noneHeld(named) }
        return chosen.compactMap { notebooks[$0].map { RecordedAct.NamedNotebook($0.record.notebook) } }
    }

    /// Lets the stops go that stand in the ledger as approved, where they are still due; each is verified as ever.
    ///
    /// Once the guard holds none any more, it begins anew: what comes due later is none of what was approved.
    mutating func approve(
        _ notebooks: [RecordedAct.NamedNotebook],
        by person: String,
        asked: OperatorAct.Kind,
        now: Timestamp
    ) -> ActOutcome {
        let held = Set(heldStops(now: now))
        let letGo = notebooks.map(\.id).filter(held.contains)
        approved.formUnion(letGo)
        let stillHeld = heldStops(now: now)
        var notHeld: [NotebookID] = []
        if case .approve(let named?) = asked { notHeld = named.filter { !letGo.contains($0) } }
        effects.append(.report(.approved(notebooks.filter { held.contains($0.id) }, by: person)))
        if stillHeld.isEmpty { fleet.endGuardFreeze() }
        judgeHolds(now: now)
        return .approved(ActOutcome.Approval(letGo: letGo, notHeld: notHeld, stillHeld: stillHeld))
    }

    /// Takes an approval back that has served its purpose, or whose notebook is not to be stopped any more: should it
    /// come due again, that is another stop.
    mutating func settleApproval(of tracked: TrackedNotebook, now: Timestamp) {
        guard tracked.attempt == nil, approved.contains(tracked.id), !tracked.decision.isDue(now) else { return }
        approved.remove(tracked.id)
    }
}

extension Hold {
    /// Whether the guard against too many stops holds them.
    var isOfGuard: Bool {
        if case .tooManyStops = self { true } else { false }
    }
}
