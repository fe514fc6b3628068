// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Synchronization
import SystemdSupport

/// Tells the service manager how the loop is doing, from the loop itself.
final class ServiceReporter: Sendable {
    private let manager: ServiceManager
    private let time: any TimeSource
    private let watchdogEvery: Duration?
    private let state = Mutex(State())

    private struct State {
        var isReady = false
        var lastPing: Timestamp = .distantPast
        var lastStatusAt: Timestamp = .distantPast
        var lastStatus = ""
    }

    /// The pause between two status lines, at least; making one costs time in proportion to the fleet.
    private static let statusEvery: Duration = .seconds(2)

    init(manager: ServiceManager, time: any TimeSource) {
        self.manager = manager
        self.time = time
        // A third of what the manager waits leaves room for a turn that takes long.
        watchdogEvery = manager.watchdogInterval.map { $0 / 3 }
    }

    /// What the engine calls at the end of each turn.
    var hooks: EngineHooks {
        EngineHooks(heartbeat: watchdogEvery) { self.turnEnded($0) }
    }

    private func turnEnded(_ engine: EngineState) {
        let now = time.now
        state.withLock { state in
            if !state.isReady {
                state.isReady = true
                manager.notify(.ready)
            }
            if let watchdogEvery, now < state.lastPing || now - state.lastPing >= watchdogEvery / 2 {
                state.lastPing = now
                manager.notify(.watchdog)
            }
            guard now < state.lastStatusAt || now - state.lastStatusAt >= Self.statusEvery else { return }
            state.lastStatusAt = now
            let status = engine.statusLine(now: now)
            guard status != state.lastStatus else { return }
            state.lastStatus = status
            manager.notify(.status(status))
        }
    }
}
