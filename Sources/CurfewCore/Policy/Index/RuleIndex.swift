// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The rules of a policy, prepared so that most of those that cannot match a notebook are passed over unread.
///
/// It never answers differently from the rules read one by one, it only answers sooner: what it passes over has a
/// condition on a fixed field that is false, so nothing but new facts can make it match. Made whenever the rules change,
/// and immutable, so that decisions may be made in parallel.
final class RuleIndex: Sendable {
    let blocks: [RuleBlock]

    init(_ rules: [Rule]) {
        blocks = stride(from: 0, to: rules.count, by: RuleSet.capacity).map { start in
            RuleBlock(rules[start..<min(start + RuleSet.capacity, rules.count)])
        }
    }
}

extension RuleIndex: Equatable {
    /// Always: it says nothing that the rules, which stand beside it, do not say.
    static func == (left: RuleIndex, right: RuleIndex) -> Bool { true }
}
