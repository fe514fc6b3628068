// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Some rules in a row, prepared to be narrowed down for a notebook.
struct RuleBlock: Sendable {
    /// The rules of a block that may match a notebook.
    struct Candidates {
        var rules: RuleSet
        /// Rules that ask for a field which the notebook does not carry; all their conditions have to be asked.
        var unsure = RuleSet.none
    }

    private let all: RuleSet
    /// Rules that want a mark or a grant to hold.
    private let marked: RuleSet
    private let fields: [FieldIndex]
    /// Of each rule the conditions that the fields do not answer.
    let rest: [Selector]

    /// At most `RuleSet.capacity` rules.
    init(_ rules: ArraySlice<Rule>) {
        var asked: [FieldIndex.Field: [(place: Int, globs: [Glob], isWanted: Bool)]] = [:]
        var order: [FieldIndex.Field] = []
        var rest: [Selector] = []
        var marked = RuleSet.none
        for (place, rule) in rules.enumerated() {
            var wanted: Set<FieldIndex.Field> = []
            var left = Selector()
            for condition in rule.match.conditions {
                if condition == .marked(true) { marked.insert(place) }
                // Two wishes about one field are not one wish for either.
                guard let test = condition.fieldTest, !test.isWanted || wanted.insert(test.field).inserted else {
                    left.conditions.append(condition)
                    continue
                }
                if asked[test.field] == nil { order.append(test.field) }
                asked[test.field, default: []].append((place, test.globs, test.isWanted))
            }
            rest.append(left)
        }
        all = .first(rules.count)
        self.marked = marked
        fields = order.map { FieldIndex($0, asked[$0] ?? []) }
        self.rest = rest
    }

    /// The rules that do not fail for certain on what does not change by the clock.
    ///
    /// `mayBeMarked` tells whether the notebook may have a mark or a grant, in force or not.
    func candidates(for notebook: borrowing Notebook, mayBeMarked: Bool) -> Candidates {
        var candidates = Candidates(rules: all)
        if !mayBeMarked { candidates.rules.subtract(marked) }
        for field in fields where !field.asking.isDisjoint(with: candidates.rules) {
            field.narrow(&candidates, for: notebook)
        }
        return candidates
    }
}

extension Selector.Condition {
    /// The field, the globs, and whether one of them is to fit, where the condition is no more than that.
    fileprivate var fieldTest: (field: FieldIndex.Field, globs: [Glob], isWanted: Bool)? {
        switch self {
        case .id(let globs): (.id, globs, true)
        case .name(let globs): (.name, globs, true)
        case .owner(let globs): (.owner, globs, true)
        case .workspace(let globs): (.workspace, globs, true)
        case .flavor(let globs): (.flavor, globs, true)
        case .image(let globs): (.image, globs, true)
        case .pool(let globs): (.pool, globs, true)
        case .feature(let globs): (.feature, globs, true)
        case .description(let globs): (.description, globs, true)
        case .tag(let key, let globs): (.tag(key), globs, true)
        case .not(let inner):
            if inner.conditions.count == 1, let test = inner.conditions[0].fieldTest, test.isWanted {
                (test.field, test.globs, false)
            } else {
                nil
            }
        default: nil
        }
    }
}
