// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import FoundationEssentials
import Synchronization

/// A clock that stands still until a test moves it.
///
/// It begins at the machine's time, because the servers under test write `Date` headers and stamps by that.
final class SettableTime: TimeSource {
    private let instant: Mutex<Timestamp>

    init(_ now: Timestamp = Timestamp(date: Date())) {
        instant = Mutex(now)
    }

    var now: Timestamp { instant.withLock { $0 } }

    func move(by span: Duration) {
        instant.withLock { $0 = $0 + span }
    }

    func sleep(until deadline: Timestamp) async throws {
        throw CancellationError()
    }
}

/// The machine's clock, for servers that run in other processes.
struct MachineTime: TimeSource {
    var now: Timestamp { Timestamp(date: Date()) }

    func sleep(until deadline: Timestamp) async throws {
        throw CancellationError()
    }
}
