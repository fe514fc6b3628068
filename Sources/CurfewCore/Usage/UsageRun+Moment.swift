// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension UsageRun {
    /// The run as it was known at an instant of the past; nil where it had not begun.
    package func known(at instant: Timestamp) -> UsageRun? {
        guard began <= instant else { return nil }
        var run = self
        switch end {
        case .ended(let end) where end > instant: run.end = .ongoing
        case .lastSeen(let seen) where seen > instant: run.end = .ongoing
        case .ended, .lastSeen, .ongoing: break
        }
        return run
    }
}
