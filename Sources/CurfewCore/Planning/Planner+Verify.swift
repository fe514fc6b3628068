// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Planner {
    /// What planning on fresh facts said about an action that was decided earlier.
    package enum Verification: Sendable {
        /// Do it: the orders can be made nowhere else.
        case stop(StopOrder)
        case renew(RenewalOrder)
        /// The facts have changed; this is the decision now.
        case changed(Decision)
    }

    /// Plans an action again on facts gathered after it was decided, and gives the order if it still stands.
    ///
    /// A stop needs the notebook read and, where its rule asks for evidence, every source looked at since `since`, and no
    /// hold. A renewal needs the notebook and its lease read since then.
    package static func verify(
        _ action: Decision.Action,
        record: NotebookRecord,
        since: Timestamp,
        policy: Policy,
        usage: UsageBook? = nil,
        holds: [Hold],
        now: Timestamp
    ) -> Verification {
        let decision = decide(record, policy: policy, usage: usage, now: now, evidenceNotBefore: since)
        guard record.readAt >= since, policy.mode == .enforce else { return .changed(decision) }
        let validity = OrderValidity(verifiedAt: now)
        switch (action, decision.action) {
        case (.stop, .stop):
            if let hold = holds.first { return .changed(decision.held(by: hold)) }
            return .stop(StopOrder(notebook: record.notebook.id, validity: validity))
        case (.prolong, .prolong(let duration, let kind)) where record.notebook.lease.lease != nil:
            return .renew(
                RenewalOrder(notebook: record.notebook.id, duration: duration, kind: kind, validity: validity)
            )
        default:
            return .changed(decision)
        }
    }
}
