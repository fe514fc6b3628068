// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What one source proves of a notebook's use at every moment, with the knowledge of hindsight.
///
/// A look at t that says idle since s proves that nobody used the notebook between s and t, and that somebody did at s. A
/// look that saw it in use proves that for its own moment. From a look that could not tell until the next look a daemon
/// would have been blind too. Nothing proves what lies between, and unknown it stays.
struct EvidenceTimeline {
    /// A time, both ends included, of which something is proven.
    struct Stretch: Equatable {
        var from: Timestamp
        var to: Timestamp
        let activity: Activity
        let serverStartedAt: Timestamp?
        let detail: String
    }

    let source: EvidenceName
    /// Use and idleness, oldest first, none over another.
    private(set) var known: [Stretch] = []
    /// When looks could not tell.
    private(set) var blind: [Stretch] = []
    /// When somebody is proven to have used the notebook, oldest first.
    private(set) var uses: [Timestamp] = []

    private static let step: Duration = .milliseconds(1)

    /// The timeline of looks in the order of time; a look speaks only of the run in which it was taken.
    init(_ source: EvidenceName, looks: [NotebookHistory.Look], runs: [NotebookHistory.Run]) {
        self.source = source
        var run = 0
        for (index, look) in looks.enumerated() {
            while run + 1 < runs.count, runs[run + 1].beganAt <= look.firstAt { run += 1 }
            let beginning = runs.indices.contains(run) ? runs[run].beganAt : .distantPast
            switch look.activity {
            case .active: addUse(look)
            case .idle(let since): addIdleness(look, since: since, notBefore: beginning)
            case .unknown:
                let next = index + 1 < looks.count ? looks[index + 1].firstAt - Self.step : look.lastAt
                blind.append(Stretch(look, from: look.firstAt, to: max(look.lastAt, next)))
            }
        }
        uses.sort()
    }

    /// The moments at which the answer changes.
    var changes: [Timestamp] { (known + blind).flatMap { [$0.from, $0.to + Self.step] } }

    private mutating func addUse(_ look: NotebookHistory.Look) {
        while let last = known.last, last.to >= look.firstAt { shorten(last, to: look.firstAt - Self.step) }
        known.append(Stretch(look, from: look.firstAt, to: look.lastAt))
        uses.append(look.firstAt)
        if look.lastAt > look.firstAt { uses.append(look.lastAt) }
    }

    private mutating func addIdleness(_ look: NotebookHistory.Look, since: Timestamp, notBefore: Timestamp) {
        if since > notBefore { uses.append(since) }
        var from = max(since, notBefore)
        while let last = known.last, last.to >= from {
            guard case .idle(let before) = last.activity, before <= since else {
                from = last.to + Self.step
                break
            }
            shorten(last, to: from - Self.step)
        }
        if from <= look.lastAt { known.append(Stretch(look, from: from, to: look.lastAt)) }
    }

    private mutating func shorten(_ last: Stretch, to end: Timestamp) {
        if last.from > end { known.removeLast() } else { known[known.count - 1].to = end }
    }
}

extension EvidenceTimeline.Stretch {
    fileprivate init(_ look: NotebookHistory.Look, from: Timestamp, to: Timestamp) {
        self.init(
            from: from,
            to: to,
            activity: look.activity,
            serverStartedAt: look.serverStartedAt,
            detail: look.detail
        )
    }
}

/// Reads a timeline from its beginning to its end.
struct EvidenceCursor {
    let timeline: EvidenceTimeline
    private var known = 0
    private var blind = 0
    private var use = 0

    init(_ timeline: EvidenceTimeline) {
        self.timeline = timeline
    }

    /// What a look at `now` would have said; `now` never goes back.
    mutating func look(at now: Timestamp) -> Observation {
        while blind < timeline.blind.count, timeline.blind[blind].to < now { blind += 1 }
        while known < timeline.known.count, timeline.known[known].to < now { known += 1 }
        let dark = blind < timeline.blind.count && timeline.blind[blind].from <= now ? timeline.blind[blind] : nil
        let seen = known < timeline.known.count && timeline.known[known].from <= now ? timeline.known[known] : nil
        guard let stretch = dark ?? seen else {
            return Observation(source: timeline.source, activity: .unknown(.notObserved), observedAt: now)
        }
        return Observation(
            source: timeline.source,
            activity: stretch.activity,
            observedAt: now,
            serverStartedAt: stretch.serverStartedAt,
            detail: stretch.detail
        )
    }

    /// The first use that is proven after `instant`; `instant` never goes back.
    mutating func firstUse(after instant: Timestamp) -> Timestamp? {
        while use < timeline.uses.count, timeline.uses[use] <= instant { use += 1 }
        return use < timeline.uses.count ? timeline.uses[use] : nil
    }
}
