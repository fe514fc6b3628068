// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Use of a notebook that looks as if a script makes it up.
///
/// A hint for a person, never a ground to do anything.
package enum Implausibility: Hashable, Sendable {
    /// Executions come in steps of exactly one period; the number is of the steps that were seen.
    case regularExecutions(every: Duration, seen: Int)
    /// A client is connected at every look, and nothing was executed since.
    case openTab(since: Timestamp)
    /// A metric shows use of exactly the same value at every look.
    case constantLoad(source: EvidenceName, value: Double, looks: Int)

    /// A stable, kebab-case name, listed in the policy's documentation.
    package var code: String {
        switch self {
        case .regularExecutions: "regular-executions"
        case .openTab: "open-tab"
        case .constantLoad: "constant-load"
        }
    }
}

extension Implausibility: CustomStringConvertible {
    package var description: String {
        switch self {
        case .regularExecutions(let period, let seen):
            "\(seen) executions in a row came in exact steps of \(period.spanText)"
        case .openTab(let since): "a tab is open since \(since), and nothing was executed"
        case .constantLoad(let source, let value, let looks):
            "\(source) shows exactly \(value) at \(looks) looks in a row"
        }
    }
}
