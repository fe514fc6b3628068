// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Why nobody can tell how much of a budget is used.
package enum UsageUnknown: Hashable, Sendable {
    /// The ledger has not been read.
    case notRead
    /// The cloud does not tell to which group the notebook belongs.
    case noGroup(UsageBudget.Grouping)
    /// Something that ran has no price; the text says whose it is.
    case unpriced(String)
}

extension UsageUnknown: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notRead: "the runs of earlier times have not been read from the ledger"
        case .noGroup(let per): "the cloud does not tell its \(per)"
        case .unpriced(let whose): "`prices` has none for a flavor of \(whose)"
        }
    }
}
