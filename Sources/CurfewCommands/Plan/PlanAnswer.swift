// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore

/// What one policy says of all notebooks.
struct PlanAnswer {
    let policy: Policy
    let records: [NotebookRecord]
    let plan: Plan

    /// What the policy says now, or at another instant.
    init(
        _ policy: Policy,
        _ records: [NotebookRecord],
        usage: UsageBook?,
        seenAt now: Timestamp,
        at instant: Timestamp?
    ) {
        self.policy = policy
        if let instant {
            (self.records, plan) = Planner.plan(records, policy: policy, usage: usage, seenAt: now, at: instant)
        } else {
            self.records = records
            plan = Planner.plan(World(records: records), policy: policy, usage: usage, now: now)
        }
    }

    func document(generatedAt: Timestamp, at instant: Timestamp?) -> PlanDocument {
        PlanDocument(plan, records: records, mode: policy.mode, now: generatedAt, at: instant)
    }

    func lines(_ terminal: Terminal, at instant: Timestamp, isOtherTime: Bool) -> [String] {
        let table = PlanTable(plan, records: records, mode: policy.mode, now: instant).lines(terminal)
        return isOtherTime ? table + [Self.assumption] : table
    }

    /// What an answer for another time leaves out.
    static let assumption =
        "as if nothing happened until then: no use, no start, no stop, no renewal; guards are left out"
}
