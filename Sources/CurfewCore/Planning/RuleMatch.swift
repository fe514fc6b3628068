// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The facts that a rule's conditions look at, for one notebook at one instant.
///
/// A class, because a copy of the facts for each rule would take longer than most of its conditions.
final class MatchContext {
    let record: NotebookRecord
    /// The policy's rules; not the policy, whose copy would take longer than most conditions.
    let rules: [Rule]
    let now: Timestamp
    /// Who has used how much; nil where nobody knows.
    let usage: UsageBook?

    /// The mark or grant that holds now; nil when none does.
    let mark: MarkInForce?
    /// Whether a mark that holds may stand where nobody can read it.
    let mayBeMarked: Bool

    init(record: NotebookRecord, policy: borrowing Policy, now: Timestamp, usage: UsageBook? = nil) {
        self.record = record
        self.usage = usage
        rules = policy.rules
        self.now = now
        mark = MarkInForce(record, marks: policy.marks, now: now)
        mayBeMarked = policy.marks?.mayBeHidden(in: record.notebook) ?? false
    }
}

/// Whether a selector fits, and when the answer could change without any new fact.
struct RuleMatch {
    var verdict: Verdict
    /// The earliest instant at which a moving condition (`marked`, `runningFor`, `during`, `spent`) could answer otherwise.
    var changesAt: Timestamp?

    /// Three values, because a notebook that does not carry a field is neither inside nor outside: a rule written as
    /// `not: {owner: alice}` must not seize a notebook whose owner the cloud did not tell.
    enum Verdict {
        case yes
        case no
        case notCarried
        /// As `notCarried`, but the answer does stand in what the cloud sent, and could not be read. A stop of a later rule
        /// might seize what this rule protects.
        case unreadable
    }

    static let no = RuleMatch(verdict: .no)
    static let yes = RuleMatch(verdict: .yes)
}

extension Selector {
    /// Whether all conditions hold for the notebook of `context`.
    func match(_ context: MatchContext) -> RuleMatch {
        var result = RuleMatch.yes
        for condition in conditions {
            let match = condition.match(context)
            if let changesAt = match.changesAt { result.changesAt = min(result.changesAt ?? changesAt, changesAt) }
            switch match.verdict {
            case .yes: continue
            case .unreadable: if result.verdict != .no { result.verdict = .unreadable }
            case .notCarried: if result.verdict == .yes { result.verdict = .notCarried }
            case .no:
                // What only new facts can change makes all that moves beside it of no matter.
                guard match.changesAt != nil else { return .no }
                result.verdict = .no
            }
        }
        return result
    }
}

extension Selector.Condition {
    func match(_ context: MatchContext) -> RuleMatch {
        let notebook = context.record.notebook
        switch self {
        case .id(let globs): return Self.match(globs, notebook.id.text)
        case .name(let globs): return Self.match(globs, notebook.name.isEmpty ? nil : notebook.name)
        case .owner(let globs): return Self.match(globs, notebook.owner.name, notebook.owner.id)
        case .workspace(let globs): return Self.match(globs, notebook.workspaceID)
        case .flavor(let globs): return Self.match(globs, notebook.flavor)
        case .image(let globs): return Self.match(globs, notebook.image?.name, notebook.image?.id)
        case .feature(let globs): return Self.match(globs, notebook.feature)
        case .pool(let globs):
            guard let pool = notebook.pool else { return .no }
            return Self.match(globs, pool.name, pool.id)
        case .tag(let key, let globs):
            guard case .known(let tags) = notebook.tags else { return RuleMatch(verdict: .unreadable) }
            return Self.match(globs, tags[key]).absentMeansNo
        case .description(let globs): return Self.match(globs, notebook.note).absentMeansNo
        case .leaseType(let kinds):
            guard let lease = notebook.lease.lease else { return RuleMatch(verdict: .notCarried) }
            return kinds.contains(lease.kind) ? .yes : .no
        case .marked(let wanted):
            let end = context.mark?.until
            guard end != nil || !context.mayBeMarked else { return RuleMatch(verdict: .unreadable) }
            return RuleMatch(verdict: (end != nil) == wanted ? .yes : .no, changesAt: end)
        case .runningFor(let span):
            let reached = context.record.runningSince + span
            return context.now >= reached ? .yes : RuleMatch(verdict: .no, changesAt: reached)
        case .during(let times):
            let verdict: RuleMatch.Verdict = times.contains(context.now) ? .yes : .no
            return RuleMatch(verdict: verdict, changesAt: times.nextChange(after: context.now))
        case .spent(let budget): return context.spent(budget)
        case .not(let selector): return selector.match(context).negated
        }
    }

    private static func match(_ globs: [Glob], _ texts: String?...) -> RuleMatch {
        var carried = false
        for case let text? in texts {
            carried = true
            if globs.contains(where: { $0.matches(text) }) { return .yes }
        }
        return carried ? .no : RuleMatch(verdict: .notCarried)
    }
}

extension RuleMatch {
    fileprivate var negated: RuleMatch {
        switch verdict {
        case .yes: RuleMatch(verdict: .no, changesAt: changesAt)
        case .no: RuleMatch(verdict: .yes, changesAt: changesAt)
        case .notCarried, .unreadable: self
        }
    }

    fileprivate var absentMeansNo: RuleMatch {
        if case .notCarried = verdict { .no } else { self }
    }
}
