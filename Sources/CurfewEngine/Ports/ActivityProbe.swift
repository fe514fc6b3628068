// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// One source of activity: looks at one notebook and says what it saw.
///
/// It never throws: whatever goes wrong is `Activity.unknown`, and unknown never stops a notebook. A look must not count
/// as activity in what it looks at, and is bounded in time by the policy.
package protocol ActivityProbe: Sendable {
    /// Looks at the notebook now, for a rule that lets it be idle for `budget`.
    ///
    /// A source that knows when the notebook was last used has no need of the budget; one that sums up a span of time
    /// looks back as far.
    func observe(_ notebook: Notebook, budget: Duration) async -> Observation
}
