// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A place in a policy file: line and column, both counted from 1, the column in Unicode scalars.
struct Place: Hashable, Comparable, Sendable {
    let line: Int
    let column: Int

    static let start = Place(line: 1, column: 1)

    static func < (left: Place, right: Place) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
