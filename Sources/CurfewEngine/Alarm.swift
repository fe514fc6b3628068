// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// Which ticks have been ordered from the time source and have not come yet.
///
/// A tick that is no longer wanted is not taken back: it makes the loop turn once for nothing. So at most a few are
/// outstanding at a time, each earlier than the one before it.
struct Alarm {
    private var outstanding: [Timestamp] = []
    private var lastTurn: Timestamp?

    /// Whether a tick must be ordered so that the loop turns at `instant`; notes it as ordered.
    mutating func mustOrder(_ instant: Timestamp) -> Bool {
        if let earliest = outstanding.last, earliest <= instant { return false }
        outstanding.append(instant)
        return true
    }

    /// Notes a turn, and with it that the ticks up to `now` have come.
    ///
    /// A tick may come a moment before its time, when the clock is being slowed down; whoever waited for it still would
    /// wait for ever. After a clock was set back nothing is known of what is outstanding.
    mutating func turned(_ now: Timestamp, isTick: Bool) {
        if let lastTurn, now < lastTurn { outstanding = [] }
        lastTurn = now
        if isTick { _ = outstanding.popLast() }
        while let earliest = outstanding.last, earliest <= now { outstanding.removeLast() }
    }
}
