// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What would become of a notebook if something happened to it now.
package struct Alternative: Sendable, Equatable {
    package let event: Event
    package let decision: Decision
    /// What would become of it from then on, by itself.
    package let outlook: [ForeseenChange]
    /// Whether it would be treated just as without the event.
    package let changesNothing: Bool

    package enum Event: String, Sendable, CaseIterable {
        /// Somebody uses it.
        case used
        /// Its user marks it, in the way that the policy offers.
        case marked
        /// An operator grants keep-alive.
        case granted
        /// The mark and the grant that it has are taken away.
        case released
    }
}

extension Foresight {
    /// What each event that is possible would change.
    func alternatives(
        to decision: Decision,
        outlook: [ForeseenChange],
        of record: NotebookRecord
    ) -> [Alternative] {
        Alternative.Event.allCases.compactMap { event in
            guard let changed = self.record(record, after: event, decision) else { return nil }
            let other = Planner.decide(changed, policy: policy, usage: usage, now: now)
            let changes = changes(of: changed, from: other)
            let isSame = other.isTreatment(of: decision) && changes.isSame(as: outlook)
            return Alternative(event: event, decision: other, outlook: changes, changesNothing: isSame)
        }
    }

    /// The record with the event in it; nil where the event is not possible.
    private func record(
        _ record: NotebookRecord,
        after event: Alternative.Event,
        _ decision: Decision
    ) -> NotebookRecord? {
        let hasMark = MarkInForce(record, marks: policy.marks, now: now) != nil
        switch event {
        case .used: return used(record, decision)
        case .marked: return hasMark ? nil : marked(record)
        case .granted: return hasMark ? nil : granted(record)
        case .released: return hasMark ? released(record) : nil
        }
    }

    private func used(_ record: NotebookRecord, _ decision: Decision) -> NotebookRecord {
        var changed = record
        let rule = policy.rules.first { $0.name == decision.rule }
        var sources = policy.evidence.map(\.name)
        if case .idle(let terms)? = rule?.outcome { sources = terms.question.sources }
        for source in sources {
            changed.add(Observation(source: source, activity: .active, observedAt: now), replacing: true)
        }
        return changed
    }

    private func marked(_ record: NotebookRecord) -> NotebookRecord? {
        guard let marks = policy.marks else { return nil }
        var notebook = record.notebook
        if let tag = marks.tag, case .known(var tags) = notebook.tags {
            tags[tag] = "true"
            notebook.tags = .known(tags)
        } else if let word = marks.description {
            notebook.note = [notebook.note, "\(word)=true"].compactMap(\.self).joined(separator: " ")
        } else {
            return nil
        }
        var changed = record
        changed.update(with: notebook, readAt: now, marks: marks)
        return changed
    }

    private func granted(_ record: NotebookRecord) -> NotebookRecord {
        var changed = record
        let longest = (policy.marks ?? MarkSettings()).longest
        changed.take(Grant(until: now + longest, by: "an operator", grantedAt: now))
        return changed
    }

    private func released(_ record: NotebookRecord) -> NotebookRecord {
        var changed = record
        changed.withdrawGrant(at: now)
        guard let marks = policy.marks else { return changed }
        var notebook = record.notebook
        if let tag = marks.tag, case .known(var tags) = notebook.tags {
            tags[tag] = nil
            notebook.tags = .known(tags)
        }
        // Whatever else the description says, rules may ask for.
        while let word = marks.description, let note = notebook.note, let text = marks.text(of: notebook) {
            let rest = note.replacing("\(word)=\(text)", with: "")
            guard rest != note else { break }
            notebook.note = rest
        }
        changed.update(with: notebook, readAt: now, marks: marks)
        return changed
    }
}

extension Decision {
    /// Whether it does the same by the same rule at the same time.
    fileprivate func isTreatment(of other: Decision) -> Bool {
        (action, rule, deadline) == (other.action, other.rule, other.deadline)
    }
}

extension [ForeseenChange] {
    fileprivate func isSame(as other: [ForeseenChange]) -> Bool {
        count == other.count
            && zip(self, other).allSatisfy { ($0.at, $0.action, $0.rule) == ($1.at, $1.action, $1.rule) }
    }
}
