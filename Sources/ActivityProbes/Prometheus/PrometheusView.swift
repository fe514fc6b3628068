// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

/// What a metrics service said about the fleet for one budget.
struct PrometheusView: FleetView {
    let source: EvidenceName
    let observedAt: Timestamp
    private let content: Content

    private enum Content {
        case failed(Activity.Unknown)
        case read(Readings)
    }

    /// What was said of one notebook, over the whole window and over its youngest part.
    private struct Uses {
        var whole: PrometheusReply.Use?
        var recent: PrometheusReply.Use?
    }

    /// Both replies, and how to weigh them.
    private struct Readings {
        let uses: [String: Uses]
        let span: ObservedSpan
        let activeAbove: Double
        let activeText: String
        let idleText: String
        let staleText: String
        let missingText: String
    }

    /// A question that was asked in vain.
    init(source: EvidenceName, askedAt: Timestamp, failed why: Activity.Unknown) {
        self.source = source
        observedAt = askedAt
        content = .failed(why)
    }

    /// The replies to the query over `window` and to the same query over the settings' `lag`.
    init(
        source: EvidenceName,
        askedAt: Timestamp,
        window: Duration,
        settings: PrometheusSettings,
        whole: [String: PrometheusReply.Use],
        recent: [String: PrometheusReply.Use]
    ) {
        self.source = source
        observedAt = askedAt
        // In one table, because the whole fleet is looked up in it.
        var uses = whole.mapValues { Uses(whole: $0) }
        for (notebook, use) in recent { uses[notebook, default: Uses()].recent = use }
        content = .read(
            Readings(
                uses: uses,
                span: ObservedSpan(from: askedAt - window, completeUntil: askedAt - settings.lag),
                activeAbove: settings.activeAbove,
                activeText: "above \(settings.activeAbove) in the last \(window.spanText)",
                idleText: "never above \(settings.activeAbove) in the last \(window.spanText)",
                staleText: "its last sample is older than \(settings.lag.spanText)",
                missingText: "no series has the notebook's id as its \(settings.notebookLabel)"
            )
        )
    }

    func observation(of notebook: NotebookID) -> Observation {
        switch content {
        case .failed(let why): Observation(source: source, activity: .unknown(why), observedAt: observedAt)
        case .read(let readings): observation(of: notebook, readings)
        }
    }

    private func observation(of notebook: NotebookID, _ readings: Readings) -> Observation {
        let uses = readings.uses[notebook.text]
        let whole = uses?.whole
        guard let recent = uses?.recent else {
            return unknown(whole == nil ? readings.missingText : readings.staleText)
        }
        let load = max(whole?.highest ?? recent.highest, recent.highest)
        let activity: Activity
        if load > readings.activeAbove {
            activity = .active
        } else if recent.isOdd || whole?.isOdd != false {
            return unknown(whole == nil ? readings.missingText : "a value of it is no number")
        } else {
            activity = .idle(since: readings.span.from)
        }
        return Observation(
            source: source,
            activity: activity,
            observedAt: observedAt,
            span: readings.span,
            detail: activity == .active ? readings.activeText : readings.idleText,
            signals: Signals(load: load)
        )
    }

    private func unknown(_ why: String) -> Observation {
        Observation(source: source, activity: .unknown(.cannotTell(why)), observedAt: observedAt)
    }
}
