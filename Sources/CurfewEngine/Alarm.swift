// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// Which ticks have been ordered from the time source and have not come yet.
///
/// A tick that is no longer wanted is not taken back: it makes the loop turn once for nothing. So at most a few are
/// outstanding at a time, each earlier than the one before it.
struct Alarm {
    private var outstanding: [Timestamp] = []

    /// Whether a tick must be ordered so that the loop turns at `instant`; notes it as ordered.
    mutating func mustOrder(_ instant: Timestamp) -> Bool {
        if let earliest = outstanding.last, earliest <= instant { return false }
        outstanding.append(instant)
        return true
    }

    /// Notes that the ticks up to `now` have come.
    mutating func rang(_ now: Timestamp) {
        while let earliest = outstanding.last, earliest <= now { outstanding.removeLast() }
    }
}
