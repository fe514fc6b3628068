// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Who may do what through the daemon's socket.
package struct ControlSettings: Sendable, Equatable {
    /// The group of the machine whose members may act, such as freeze; nil when root alone may.
    package var operators: String?

    package init(operators: String? = nil) {
        self.operators = operators
    }
}
