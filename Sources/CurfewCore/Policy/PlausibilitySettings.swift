// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Which use of a notebook is reported as made up.
///
/// Reports are for people: they ask the owner, and mostly there is a good answer.
package struct PlausibilitySettings: Sendable, Equatable {
    /// How long a tab may be open without any execution.
    package var openTabAfter: Duration

    package init(openTabAfter: Duration = .seconds(172_800)) {
        self.openTabAfter = openTabAfter
    }
}
