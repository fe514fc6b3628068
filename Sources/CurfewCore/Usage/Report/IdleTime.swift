// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// When a running notebook was used by nobody, as far as looks prove it.
///
/// Where several sources told of a notebook, each must say that it was idle: one that saw it in use, or could not tell this
/// time, leaves the time as used.
struct IdleTime {
    /// The stretches, oldest first, none over another.
    private var stretches: [(from: Timestamp, to: Timestamp)] = []

    init(_ looks: [EvidenceName: [NotebookHistory.Look]], runs: [NotebookHistory.Run]) {
        let timelines = looks.map { EvidenceTimeline($0, looks: $1, runs: runs) }
        let sources = timelines.filter { !$0.known.isEmpty }.map(Self.idle)
        guard let first = sources.first else { return }
        stretches = sources.dropFirst().reduce(first, Self.common)
    }

    /// How much of the time from `start` until `end` was idle.
    func within(_ start: Timestamp, _ end: Timestamp) -> Duration {
        stretches.reduce(.zero) { sum, stretch in
            let (from, to) = (max(stretch.from, start), min(stretch.to, end))
            return from < to ? sum + (to - from) : sum
        }
    }

    private static func idle(_ timeline: EvidenceTimeline) -> [(from: Timestamp, to: Timestamp)] {
        timeline.known.compactMap { stretch in
            guard case .idle = stretch.activity else { return nil }
            return (stretch.from, stretch.to)
        }
    }

    /// What lies in both.
    private static func common(
        _ left: [(from: Timestamp, to: Timestamp)],
        _ right: [(from: Timestamp, to: Timestamp)]
    ) -> [(from: Timestamp, to: Timestamp)] {
        var common: [(from: Timestamp, to: Timestamp)] = []
        var (i, j) = (0, 0)
        while i < left.count, j < right.count {
            let (from, to) = (max(left[i].from, right[j].from), min(left[i].to, right[j].to))
            if from < to { common.append((from, to)) }
            if left[i].to < right[j].to { i += 1 } else { j += 1 }
        }
        return common
    }
}
