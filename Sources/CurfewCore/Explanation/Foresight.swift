// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// An instant at which a notebook is treated otherwise, without anything happening to it.
package struct ForeseenChange: Sendable, Equatable {
    package let at: Timestamp
    /// Whether its lease runs out then, so that the cloud ends it; nobody decides that.
    package var isLeaseEnd = false
    package let action: Decision.Action
    package let rule: String?
    package let reasons: [Reason]
}

/// What becomes of notebooks in time, found by planning at each instant at which the plan can change.
struct Foresight {
    let policy: Policy
    let usage: UsageBook?
    let now: Timestamp

    /// A policy with many windows has a thousand reviews a year.
    private static let longestWay = 1_000
    /// The first stop ends the way; before it, so many changes tell enough.
    private static let mostChanges = 4

    /// The next changes of action or rule, if nobody uses the notebook from now on and the looks go on as they are.
    ///
    /// What is done by itself is done: warnings are given, leases prolonged. A stop is the end, and so is a fact that
    /// nobody can foresee, as when activity cannot be told. A lease that was prolonged once is taken to be prolonged
    /// whenever it has to be; one that runs out is the end, too.
    func changes(of record: NotebookRecord, from decision: Decision) -> [ForeseenChange] {
        // Only somebody's starting it changes anything, and that nobody foresees.
        guard record.notebook.status.isRunning else { return [] }
        var record = record
        var changes: [ForeseenChange] = []
        var (rule, action) = (decision.rule, decision.action.name)
        var step = now
        for _ in 0..<Self.longestWay where changes.count < Self.mostChanges {
            if let end = record.lease?.expiry, end > now, end <= step {
                let reasons = [Reason.leaseEnding(left: .zero)]
                return changes + [
                    ForeseenChange(at: end, isLeaseEnd: true, action: .leave, rule: rule, reasons: reasons)
                ]
            }
            let next = Planner.decide(record.seen(at: step), policy: policy, usage: usage, now: step)
            if next.rule != rule || (next.action != .leave && next.action.name != action) {
                (rule, action) = (next.rule, next.action.name)
                changes.append(ForeseenChange(at: step, action: next.action, rule: rule, reasons: next.reasons))
            }
            switch next.action {
            case .stop: return changes
            case .warn:
                record.warning = next.rule.map { Warning(rule: $0, givenAt: step) }
            case .prolong(_, let kind):
                guard record.keepLease(of: kind, from: step, marks: policy.marks) else { return changes }
            case .leave:
                guard let wake = Planner.earliest(next.wake(after: step), record.leaseEnd(after: step)) else {
                    return changes
                }
                step = wake
            }
        }
        return changes
    }
}

extension Decision {
    /// When to decide anew, if looks at the evidence go on.
    fileprivate func wake(after now: Timestamp) -> Timestamp? {
        let look = probe.flatMap { $0.at > now ? $0.at : nil }
        let review = nextReview.flatMap { $0 > now ? $0 : nil }
        return Planner.earliest(review, look)
    }
}

extension NotebookRecord {
    /// When its lease ends, where that is still to come.
    fileprivate func leaseEnd(after now: Timestamp) -> Timestamp? {
        lease?.expiry.flatMap { $0 > now ? $0 : nil }
    }

    /// Takes the lease for one that never runs out; false where it has none.
    fileprivate mutating func keepLease(of kind: Lease.Kind, from now: Timestamp, marks: MarkSettings?) -> Bool {
        guard var lease else { return false }
        (lease.kind, lease.isEnabled) = (kind, false)
        var changed = notebook
        changed.lease = .known(lease)
        update(with: changed, readAt: now, marks: marks)
        return true
    }
}
