// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// What is supposed of the texts of one field.
struct TextFacts {
    private let field: Field
    /// Lists of globs of which one fits a text of the field.
    private var wanted: [[Glob]] = []
    /// The same, if the verdicts about the field are known at all.
    private var possible: [[Glob]] = []
    /// Globs that fit none of its texts.
    private var excluded: [Glob] = []
    private var isKnown: Bool
    private var isThere: Bool
    private let effort: ProofEffort

    init(_ field: Field, _ effort: ProofEffort) {
        self.effort = effort
        self.field = field
        isKnown = field.isAlwaysKnown
        isThere = field.isAlwaysThere
    }

    /// Takes one more supposition; false when they contradict each other.
    mutating func take(_ stance: Claim.Stance, _ globs: [Glob]) -> Bool {
        switch stance {
        case .yes:
            wanted.append(globs)
            isKnown = true
        case .no:
            excluded += globs
            isKnown = true
            if field.needsTextForNo { isThere = true }
        case .notYes: excluded += globs
        case .notNo: possible.append(globs)
        }
        return isPossible
    }

    private var isPossible: Bool {
        let lists = isKnown ? wanted + possible : wanted
        if field.mayHaveSeveral {
            // Each list may have a text of its own.
            return !lists.contains { GlobLanguage.isEmpty(wanted: [$0], excluded: excluded, effort) }
                && !(isThere && GlobLanguage.isEmpty(wanted: [], excluded: excluded, effort))
        }
        return !(isThere || !lists.isEmpty) || !GlobLanguage.isEmpty(wanted: lists, excluded: excluded, effort)
    }
}
