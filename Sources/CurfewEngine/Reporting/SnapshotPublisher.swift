// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// Publishes snapshots from the loop, so often that readers see what is and the loop hardly notices.
struct SnapshotPublisher {
    let board: SnapshotBoard
    private var publishedAt: Timestamp?
    private var told: FleetNews?
    /// The pause after the last snapshot.
    private var pause = Self.shortestPause

    private static let shortestPause: Duration = .seconds(1)
    /// The pause for each view that a snapshot made anew, which takes one to three microseconds with the end of the one
    /// before it, and for each that it took over, which takes some fifty nanoseconds.
    ///
    /// So publishing costs the loop about a fiftieth of its time at most; a hundred thousand notebooks that all changed
    /// are published every ten seconds.
    private static let (pausePerFresh, pausePerKept): (Duration, Duration) = (.microseconds(100), .microseconds(2))

    init(board: SnapshotBoard) {
        self.board = board
    }

    /// Publishes at the end of a turn, if there is news and the last snapshot is old enough.
    ///
    /// What is awaited is published in any case. Gives when to be called again at the latest, where news has to wait.
    mutating func turnEnded(_ state: EngineState, now: Timestamp, isAwaited: Bool = false) -> Timestamp? {
        let (news, fresh) = (state.fleetNews, state.shelf.news)
        guard fresh > 0 || news != told || isAwaited else { return nil }
        let pause = news == told ? pause : Self.shortestPause
        if !isAwaited, let publishedAt, publishedAt <= now, now - publishedAt < pause { return publishedAt + pause }
        let snapshot = state.snapshot(now: now)
        board.publish(snapshot)
        (publishedAt, told) = (now, news)
        self.pause = max(Self.shortestPause, Self.pausePerFresh * fresh + Self.pausePerKept * snapshot.notebooks.count)
        return nil
    }
}
