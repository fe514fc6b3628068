// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What the API of one Jupyter server shows at one instant.
struct JupyterActivity: Sendable, Equatable {
    struct Kernel: Sendable, Equatable {
        var isBusy: Bool
        var lastActivity: Int64
        var connections: Int
    }

    /// When the server started.
    var started: Int64
    var kernels: [Kernel] = []

    /// The last activity of each terminal.
    var terminals: [Int64] = []

    /// The latest instant at which the processors were in use.
    var lastUse: Int64

    /// The latest activity of anything on the server, before requests of observers are counted.
    var lastActivity: Int64 {
        max(started, kernels.map(\.lastActivity).max() ?? started, terminals.max() ?? started)
    }

    static func none(runStartedAt start: Int64) -> JupyterActivity {
        JupyterActivity(started: start, lastUse: start)
    }

    static func kernel(isBusy: Bool, lastActivity: Int64, connections: Int = 0, start: Int64) -> JupyterActivity {
        JupyterActivity(
            started: start,
            kernels: [Kernel(isBusy: isBusy, lastActivity: lastActivity, connections: connections)],
            lastUse: lastActivity
        )
    }

    /// How often a working user runs cells, in milliseconds.
    static let cellInterval: Int64 = 600_000

    /// How long the cells of a working user take, in milliseconds.
    static let cellLength: Int64 = 120_000

    /// Somebody who runs cells with output within sessions: busy for two minutes of every ten.
    ///
    /// A session that was under way when the notebook started begins at the start; earlier ones left no trace.
    static func working(in sessions: [Range<Int64>], runStartedAt start: Int64, now: Int64) -> JupyterActivity {
        guard let last = sessions.last(where: { max($0.lowerBound, start) <= now && $0.upperBound > start }) else {
            return .none(runStartedAt: start)
        }
        let begin = max(last.lowerBound, start)
        // Who leaves at the end of a session begins no cell in that moment.
        let instant = min(now, last.upperBound - 1)
        let cell = instant - (instant - begin) % cellInterval
        let end = min(cell + cellLength, last.upperBound)
        let isPresent = now < last.upperBound
        let isBusy = isPresent && now < end
        // Output moves the last activity of a busy kernel along; it comes every ten seconds.
        let activity = isBusy ? now - (now - cell) % 10_000 : end
        var state = JupyterActivity.kernel(
            isBusy: isBusy,
            lastActivity: activity,
            connections: isPresent ? 1 : 0,
            start: start
        )
        state.lastUse = isBusy ? now : end
        return state
    }
}
