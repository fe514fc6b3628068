// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// A part of a notebook that conditions compare with globs; how it behaves follows `Selector.Condition.match`.
enum Field: Hashable {
    case id, name, owner, workspace, flavor, image, pool, feature, description
    case tag(String)

    /// Whether a notebook may have several texts there, a name and an id, of which one must fit.
    var mayHaveSeveral: Bool {
        switch self {
        case .owner, .image, .pool: true
        default: false
        }
    }

    /// Whether every notebook has a text there.
    var isAlwaysThere: Bool { self == .id }

    /// Whether a condition on it is always true or false, never "not carried".
    var isAlwaysKnown: Bool { self == .id || self == .description }

    /// Whether a condition on it can be false only of a text that is there.
    ///
    /// A notebook without a pool, a description or a tag is known to have none, so there the condition is false.
    var needsTextForNo: Bool {
        switch self {
        case .pool, .description, .tag: false
        default: true
        }
    }
}

extension Selector.Condition {
    /// The field and the globs of a condition on a text.
    var globs: (field: Field, globs: [Glob])? {
        switch self {
        case .id(let globs): (.id, globs)
        case .name(let globs): (.name, globs)
        case .owner(let globs): (.owner, globs)
        case .workspace(let globs): (.workspace, globs)
        case .flavor(let globs): (.flavor, globs)
        case .image(let globs): (.image, globs)
        case .pool(let globs): (.pool, globs)
        case .feature(let globs): (.feature, globs)
        case .description(let globs): (.description, globs)
        case .tag(let key, let globs): (.tag(key), globs)
        default: nil
        }
    }
}
