// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Tells at a glance of most pairs of rules that the earlier one cannot beat the later one alone.
///
/// Where the later rule mentions a field once, outside any `not`, every list of the earlier one for that field must take in
/// its list. The rules of a large site share most of their lists, so each pair of lists is proved once.
struct ListCover {
    /// The lists of each rule, outside any `not`.
    private var lists: [[Entry]] = []
    /// Those of fields that the rule mentions nowhere else.
    private var plain: [[Entry]] = []
    private var globs: [[Glob]] = []
    /// By the numbers of the narrow and of the wide list.
    private var known: [UInt64: Bool] = [:]

    /// A list of globs for a field, both as numbers.
    private struct Entry {
        let field: Int
        let list: Int
    }

    init(_ selectors: [Selector]) {
        var fields: [Field: Int] = [:]
        var numbers: [[String]: Int] = [:]
        for selector in selectors {
            let written = selector.conditions.compactMap(\.globs).map { field, list in
                let number = numbers[list.map(\.pattern), default: globs.count]
                if number == globs.count {
                    numbers[list.map(\.pattern)] = number
                    globs.append(list)
                }
                let entry = Entry(field: fields[field, default: fields.count], list: number)
                fields[field] = entry.field
                return (field, entry)
            }
            let inside = Set(selector.conditions.filter { $0.globs == nil }.flatMap(\.fields))
            lists.append(written.map(\.1))
            plain.append(written.filter { !inside.contains($0.0) }.map(\.1))
        }
    }

    /// Whether nothing speaks against the rule at `earlier` taking all notebooks from the one at `later`.
    mutating func mayTakeAll(of later: Int, _ earlier: Int, _ effort: ProofEffort) -> Bool {
        for wide in lists[earlier] {
            effort.spend(2)
            guard let narrow = plain[later].first(where: { $0.field == wide.field }) else { continue }
            guard isCovered(narrow.list, by: wide.list, effort) else { return false }
        }
        return true
    }

    private mutating func isCovered(_ narrow: Int, by wide: Int, _ effort: ProofEffort) -> Bool {
        if narrow == wide { return true }
        let pair = UInt64(narrow) << 32 | UInt64(wide)
        if let answer = known[pair] { return answer }
        let answer = GlobLanguage.isEmpty(wanted: [globs[narrow]], excluded: globs[wide], effort)
        known[pair] = answer
        return answer
    }
}

extension Selector.Condition {
    /// All fields that it mentions, at any depth.
    fileprivate var fields: [Field] {
        if case .not(let inner) = self { return inner.conditions.flatMap(\.fields) }
        return globs.map { [$0.field] } ?? []
    }
}
