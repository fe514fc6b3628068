// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

extension Selector {
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
