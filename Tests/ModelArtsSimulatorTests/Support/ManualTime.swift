// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ModelArtsSimulator
import Synchronization

/// A clock that stands still until a test moves it.
final class ManualTime: Sendable {
    private let instant: Mutex<Int64>

    init(_ instant: Int64 = Moment.morning) {
        self.instant = Mutex(instant)
    }

    var now: Int64 { instant.withLock { $0 } }

    func advance(by milliseconds: Int64) { instant.withLock { $0 += milliseconds } }

    /// The clock as the simulator wants it; nothing in the simulator sleeps on it.
    var time: SimulatorTime {
        SimulatorTime(now: { self.now }, sleepUntil: { _ in throw CancellationError() })
    }
}

/// Instants and spans that tests share, in milliseconds.
enum Moment {
    /// 2026-03-02 08:00:00 UTC, a Monday.
    static let morning: Int64 = 1_772_438_400_000
    static let second: Int64 = 1000
    static let minute: Int64 = 60_000
    static let hour: Int64 = 3_600_000
}
