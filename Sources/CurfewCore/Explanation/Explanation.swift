// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Why one notebook is treated as it is at one instant, and what would have it treated otherwise.
///
/// Made from the facts that the decision is made from, by the planner's own matching and deciding, so that the two cannot
/// say different things.
package struct Explanation: Sendable {
    package let record: NotebookRecord
    /// The instant that is explained.
    package let now: Timestamp
    package let policy: Policy
    /// What the planner decides, before any hold.
    package let decision: Decision
    /// Why no stop goes out at that instant, if none does.
    package let holds: [HoldInForce]
    /// The rules in their order; empty where none is asked, because the notebook is not RUNNING.
    package let rules: [RuleTrial]
    /// The sources that the deciding rule asks, and others that have looked.
    package let evidence: [EvidenceTrial]
    package let deadlines: Deadlines
    /// What becomes of it by itself, if nobody uses it and nothing else happens.
    package let outlook: [ForeseenChange]
    /// What events of now would make of it.
    package let alternatives: [Alternative]

    package init(
        _ record: NotebookRecord,
        policy: Policy,
        usage: UsageBook? = nil,
        holds: [HoldInForce] = [],
        now: Timestamp
    ) {
        (self.record, self.policy, self.holds, self.now) = (record, policy, holds, now)
        let foresight = Foresight(policy: policy, usage: usage, now: now)
        decision = Planner.decide(record, policy: policy, usage: usage, now: now)
        let isAsked = record.notebook.status.isRunning
        rules = isAsked ? RuleTrial.trials(of: record, policy: policy, usage: usage, now: now) : []
        let rule = decision.rule.flatMap { name in policy.rules.first { $0.name == name } }
        evidence = EvidenceTrial.trials(of: record, under: rule?.outcome, now: now)
        deadlines = Deadlines(decision, record, under: rule?.outcome, now: now)
        outlook = foresight.changes(of: record, from: decision)
        alternatives = isAsked ? foresight.alternatives(to: decision, outlook: outlook, of: record) : []
    }

    /// The hold that keeps the stop back which is decided; nil where none does.
    package var holdInTheWay: HoldInForce? { decision.action == .stop ? holds.first : nil }
}

/// A reason why no stop goes out, as it stands at an instant.
package struct HoldInForce: Hashable, Sendable {
    /// As in `Hold.code`.
    package var code: String
    package var text: String
    /// Nil where nobody noted it.
    package var since: Timestamp?

    package init(code: String, text: String, since: Timestamp?) {
        (self.code, self.text, self.since) = (code, text, since)
    }

    package init(_ hold: Hold, since: Timestamp? = nil) {
        self.init(code: hold.code, text: hold.description, since: since)
    }
}
