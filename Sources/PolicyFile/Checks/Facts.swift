// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// What is supposed of one notebook at one instant, field by field.
///
/// It finds contradictions within a field; fields do not depend on each other. It may miss one, but never sees one that
/// is not there.
struct Facts {
    private var texts: [Field: TextFacts] = [:]
    private var lease = LeaseFacts()
    private var marked: VerdictFacts
    private var times = TimeFacts()
    private var runsAtLeast: Duration = .zero
    private var runsLessThan: Duration?
    /// Conditions that are compared only with their like.
    private var others: [(condition: Selector.Condition, facts: VerdictFacts)] = []

    private let effort: ProofEffort

    /// `marksMayHide`: whether there may be a mark that nobody can read.
    init(marksMayHide: Bool, _ effort: ProofEffort) {
        self.effort = effort
        marked = VerdictFacts(mayBeUnknown: marksMayHide)
    }

    /// Takes one more supposition; false when they contradict each other.
    mutating func take(_ stance: Claim.Stance, _ condition: Selector.Condition) -> Bool {
        if let (field, globs) = condition.globs {
            return texts[field, default: TextFacts(field, effort)].take(stance, globs)
        }
        switch condition {
        case .leaseType(let kinds): return lease.take(stance, kinds)
        case .marked(let wanted): return marked.take(wanted ? stance : stance.insideNot)
        case .runningFor(let span): return take(stance == .yes || stance == .notNo, runningFor: span)
        case .during(let during): return times.take(stance, during, effort)
        default: return take(stance, other: condition)
        }
    }

    /// Whether one more supposition leaves them without a contradiction.
    func admit(_ stance: Claim.Stance, _ condition: Selector.Condition) -> Bool {
        if let (field, globs) = condition.globs {
            var text = texts[field, default: TextFacts(field, effort)]
            return text.take(stance, globs)
        }
        var copy = self
        return copy.take(stance, condition)
    }

    /// The running time is always known, so "not yes" is no.
    private mutating func take(_ isReached: Bool, runningFor span: Duration) -> Bool {
        if isReached {
            runsAtLeast = max(runsAtLeast, span)
        } else {
            runsLessThan = min(runsLessThan ?? span, span)
        }
        return runsLessThan.map { runsAtLeast < $0 } ?? true
    }

    private mutating func take(_ stance: Claim.Stance, other condition: Selector.Condition) -> Bool {
        let known = others.firstIndex { $0.condition == condition }
        let index = known ?? others.endIndex
        if known == nil { others.append((condition, VerdictFacts(mayBeUnknown: true))) }
        return others[index].facts.take(stance)
    }
}

/// What is supposed of the verdict of one condition.
private struct VerdictFacts {
    private var mayBeYes = true
    private var mayBeNo = true
    private var mayBeUnknown: Bool

    init(mayBeUnknown: Bool) {
        self.mayBeUnknown = mayBeUnknown
    }

    mutating func take(_ stance: Claim.Stance) -> Bool {
        if stance == .no || stance == .notYes { mayBeYes = false }
        if stance == .yes || stance == .notNo { mayBeNo = false }
        if stance == .yes || stance == .no { mayBeUnknown = false }
        return mayBeYes || mayBeNo || mayBeUnknown
    }
}

/// What is supposed of the type of a lease; a notebook whose lease the cloud did not tell has none.
private struct LeaseFacts {
    private var wanted: [[Lease.Kind]] = []
    private var possible: [[Lease.Kind]] = []
    private var excluded: [Lease.Kind] = []
    private var isKnown = false

    mutating func take(_ stance: Claim.Stance, _ kinds: [Lease.Kind]) -> Bool {
        switch stance {
        case .yes: wanted.append(kinds)
        case .no, .notYes: excluded += kinds
        case .notNo: possible.append(kinds)
        }
        if stance == .yes || stance == .no { isKnown = true }
        // There are types that no document lists, so what is only excluded leaves room.
        let lists = isKnown ? wanted + possible : wanted
        guard let first = lists.first else { return true }
        return first.contains { kind in lists.allSatisfy { $0.contains(kind) } && !excluded.contains(kind) }
    }
}
