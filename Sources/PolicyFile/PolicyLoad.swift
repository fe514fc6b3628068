// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What became of a policy file: a policy, or the problems that prevented it.
package struct PolicyLoad: Sendable, Equatable {
    /// Complete and consistent; nil exactly when there is an error among the diagnostics.
    package let policy: Policy?
    /// Every problem of the file, errors and warnings, in the order of their places.
    package let diagnostics: [Diagnostic]

    package init(policy: Policy?, diagnostics: [Diagnostic]) {
        self.policy = policy
        self.diagnostics = diagnostics
    }
}
