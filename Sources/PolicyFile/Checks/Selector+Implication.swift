// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Whether one selector provably matches no more than another.
///
/// Proof goes by the form of the conditions alone: no answer means "not proven", never "does not".
extension Selector {
    /// Whether every notebook that matches this selector matches `wider`, too.
    func implies(_ wider: Selector) -> Bool {
        wider.conditions.allSatisfy { condition in conditions.contains { $0.implies(condition) } }
    }

    /// Whether keep-alive marks play a part.
    var asksForMarks: Bool {
        conditions.contains { condition in
            switch condition {
            case .marked: true
            case .not(let inner): inner.asksForMarks
            default: false
            }
        }
    }
}

extension Selector.Condition {
    fileprivate func implies(_ wider: Self) -> Bool {
        switch (self, wider) {
        case (.id(let own), .id(let others)), (.name(let own), .name(let others)),
            (.owner(let own), .owner(let others)), (.workspace(let own), .workspace(let others)),
            (.flavor(let own), .flavor(let others)), (.image(let own), .image(let others)),
            (.pool(let own), .pool(let others)), (.feature(let own), .feature(let others)),
            (.description(let own), .description(let others)):
            own.areCovered(by: others)
        case (.tag(let key, let own), .tag(let otherKey, let others)): key == otherKey && own.areCovered(by: others)
        case (.leaseType(let own), .leaseType(let others)): own.allSatisfy(others.contains)
        case (.runningFor(let own), .runningFor(let other)): own >= other
        default: self == wider
        }
    }
}

extension [Glob] {
    /// Whether each glob is covered by one of `others`: by the same, by `*`, or, without wildcards, by one that matches
    /// it.
    fileprivate func areCovered(by others: [Glob]) -> Bool {
        allSatisfy { own in
            others.contains { other in
                other == own || other.pattern == "*" || (own.isLiteral && other.matches(own.pattern))
            }
        }
    }
}

extension Glob {
    fileprivate var isLiteral: Bool { !pattern.contains { "*?[\\".contains($0) } }
}
