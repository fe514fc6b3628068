// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Finds, for a rule, the earlier rules that could take notebooks from it, without comparing every rule with every other.
///
/// A rule is filed under the literal ends of the globs of one of its conditions. Another rule's glob can lie within one of
/// these only if it begins, or ends, in the same way, so only its own ends are looked up. Rules without such a condition
/// are candidates for all. What this passes over is not proved: it loses proofs, such as that of `[ab]*` by `a*` and `b*`,
/// and makes none.
///
/// With few earlier rules only those are passed over that ask for a field that the rule does not mention.
struct RuleNeighbours {
    /// So many earlier rules are not looked up by their ends.
    static let few = 64

    /// Rules by field and end, in their order.
    private var filed: [GlobEnd: [Int]] = [:]
    /// Rules without a condition to be filed under.
    private var unfiled: [Int] = []
    private let selectors: [Selector]
    private let fields: [FieldNeeds]

    init(_ selectors: [Selector]) {
        self.selectors = selectors
        fields = selectors.map(FieldNeeds.init)
        for (index, selector) in selectors.enumerated() {
            guard let (field, globs) = Self.filing(selector) else {
                unfiled.append(index)
                continue
            }
            for end in globs.map({ GlobEnd.longest(of: $0, field) }) where filed[end]?.last != index {
                filed[end, default: []].append(index)
            }
        }
    }

    /// The earlier rules that could match a notebook that the rule at `index` matches, in their order.
    func earlier(than index: Int, _ effort: ProofEffort) -> [Int] {
        if index <= Self.few { return (0..<index).filter { fields[$0].areMet(by: fields[index]) } }
        var found: Set<Int> = []
        func collect(_ rules: [Int]) {
            for rule in rules.prefix(while: { $0 < index && !effort.isSpent }) {
                effort.spend(5)
                if fields[rule].areMet(by: fields[index]) { found.insert(rule) }
            }
        }
        collect(unfiled)
        for condition in selectors[index].conditions {
            if let (field, globs) = condition.globs {
                for end in globs.flatMap({ GlobEnd.all(of: $0, field) }) { collect(filed[end] ?? []) }
            } else if case .not(let inner) = condition {
                // To be known to differ the field must be there, which only globs for any text have for certain.
                for case (let field, _)? in inner.conditions.map(\.globs) {
                    collect(filed[GlobEnd(field, isBack: false)] ?? [])
                }
            }
        }
        return found.sorted()
    }

    /// The condition to file a rule under: the one whose globs have the longest literal ends.
    private static func filing(_ selector: Selector) -> (field: Field, globs: [Glob])? {
        selector.conditions.compactMap(\.globs).max { shortestEnd($0.globs) < shortestEnd($1.globs) }
    }

    private static func shortestEnd(_ globs: [Glob]) -> Int {
        globs.map { max($0.literalPrefix.count, $0.literalSuffix.count) }.min() ?? 0
    }
}

/// How the texts of a field begin or end; two with one hash make a candidate too many, nothing else.
private struct GlobEnd: Hashable {
    let field: Field
    let isBack: Bool
    private var hash: UInt64 = 14_695_981_039_346_656_037

    /// What every text begins or ends with: nothing.
    init(_ field: Field, isBack: Bool) {
        self.field = field
        self.isBack = isBack
    }

    /// FNV-1a.
    private mutating func append(_ scalar: Unicode.Scalar) {
        hash = (hash ^ UInt64(scalar.value)) &* 1_099_511_628_211
    }

    /// The beginning of the glob, or its end where it has no beginning.
    static func longest(of glob: Glob, _ field: Field) -> GlobEnd {
        let isBack = glob.literalPrefix.isEmpty && !glob.literalSuffix.isEmpty
        var end = GlobEnd(field, isBack: isBack)
        for scalar in isBack ? glob.literalSuffix : glob.literalPrefix { end.append(scalar) }
        return end
    }

    /// All beginnings and ends of the glob, the empty one included.
    static func all(of glob: Glob, _ field: Field) -> [GlobEnd] {
        var ends = [GlobEnd(field, isBack: false)]
        for (isBack, scalars) in [(false, glob.literalPrefix), (true, glob.literalSuffix)] {
            var end = GlobEnd(field, isBack: isBack)
            for scalar in scalars {
                end.append(scalar)
                ends.append(end)
            }
        }
        return ends
    }
}

/// Which fields a rule mentions, and which another rule must mention to be matched by it for certain; as bits.
private struct FieldNeeds {
    private let mentioned: UInt64
    /// For each condition on texts alone, fields of which one must be mentioned.
    private let needed: [UInt64]

    init(_ selector: Selector) {
        let bits = selector.conditions.map(Self.bits)
        mentioned = bits.reduce(0) { $0 | $1.texts }
        needed = bits.filter { !$0.hasOthers }.map(\.texts)
    }

    func areMet(by other: FieldNeeds) -> Bool { needed.allSatisfy { $0 & other.mentioned != 0 } }

    private static func bits(_ condition: Selector.Condition) -> (texts: UInt64, hasOthers: Bool) {
        // Of a field whose verdicts are always known, two rules can be everything without another mentioning it.
        if let field = condition.globs?.field { return field.isAlwaysKnown ? (0, true) : (field.bit, false) }
        guard case .not(let inner) = condition else { return (0, true) }
        let parts = inner.conditions.map(bits)
        return (parts.reduce(0) { $0 | $1.texts }, parts.contains(where: \.hasOthers))
    }
}

extension Field {
    /// A bit for the field; tags share some, which makes a candidate too many at most.
    fileprivate var bit: UInt64 {
        switch self {
        case .id: 1
        case .name: 1 << 1
        case .owner: 1 << 2
        case .workspace: 1 << 3
        case .flavor: 1 << 4
        case .image: 1 << 5
        case .pool: 1 << 6
        case .feature: 1 << 7
        case .description: 1 << 8
        case .tag(let key): 1 << (9 + key.utf8.reduce(UInt64(0)) { ($0 &* 31) &+ UInt64($1) } % 55)
        }
    }
}
