// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

/// What a metrics service says of the model cloud: whether there was use in a span, not when.
struct SimulatedView: FleetView {
    let source: EvidenceName
    let observedAt: Timestamp
    let window: Duration
    let lag: Duration
    let looks: [NotebookID: Activity]

    func observation(of notebook: NotebookID) -> Observation {
        Self.look(
            source,
            looks[notebook] ?? .unknown(.cannotTell("no series")),
            over: window,
            lag: lag,
            at: observedAt
        )
    }

    /// One look at a notebook that is used as `activity` tells.
    static func look(
        _ source: EvidenceName,
        _ activity: Activity,
        over window: Duration,
        lag: Duration,
        at instant: Timestamp
    ) -> Observation {
        let from = instant - window
        let seen: Activity =
            switch activity {
            case .active: .active
            case .idle(let since): since > from ? .active : .idle(since: from)
            case .unknown(let why): .unknown(why)
            }
        return Observation(
            source: source,
            activity: seen,
            observedAt: instant,
            span: ObservedSpan(from: from, completeUntil: instant - lag)
        )
    }
}
