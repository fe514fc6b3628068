// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Who ran how much within a time, what it cost, and what stops saved.
///
/// Notebooks are added one by one, so it is as large as there are groups. Each figure is counted once in each grouping; so the
/// groups of every grouping add up to the same total, and the reports of two times in a row to that of both.
package struct UsageReport: Sendable {
    package let from: Timestamp
    package let to: Timestamp
    package let prices: PriceList?
    package private(set) var total = ReportFigures()
    /// The figures of each group; a key is nil for what belongs to none, or to one that nobody told.
    package private(set) var groups: [Grouping: [String?: Group]] = [:]

    /// What figures are summed by.
    package enum Grouping: String, Sendable, CaseIterable {
        case owner
        case flavor
        case workspace
        case rule
    }

    /// One group's name and figures.
    package struct Group: Sendable, Equatable {
        /// What people call it; of an owner the user name.
        package var name: String?
        package var figures = ReportFigures()
    }

    /// The report of the time from `from` to `to`; what happened at the very moment `from` belongs to the time before.
    package init(from: Timestamp, to: Timestamp, prices: PriceList?) {
        (self.from, self.to, self.prices) = (from, max(from, to), prices)
    }

    /// How far back before `from` the stops and the runs of a notebook matter.
    package static let reach: Duration = SavedSpan.longest * 2

    package mutating func add(_ notebook: ReportedNotebook) {
        let spans = Self.counted(notebook.runs.map(\.run))
        addRuns(of: notebook, spans)
        for (stop, saved) in zip(notebook.stops, SavedSpan.spans(of: notebook, spans)) {
            var figures = ReportFigures()
            if from < stop.at, stop.at <= to { figures.stops = 1 }
            let traits = spans.lastIndex { $0.start <= stop.at }.map { notebook.runs[$0].run.traits }
            if let span = saved.flatMap({ within($0.start, $0.end) }) {
                figures.saved.add(span, at: prices?.price(of: traits?.flavor))
            }
            add(figures, traits, rule: stop.rule)
        }
        for renewals in notebook.renewals {
            var figures = ReportFigures()
            figures.renewals = renewals.count
            add(figures, renewals.run.map { notebook.runs[$0].run.traits }, rule: renewals.rule)
        }
    }

    private mutating func addRuns(of notebook: ReportedNotebook, _ spans: [(start: Timestamp, end: Timestamp)]) {
        let idle = IdleTime(
            notebook.looks,
            runs: zip(notebook.runs, spans).map { run, span in
                NotebookHistory.Run(beganAt: span.start, isStart: run.isStart, endedAt: span.end)
            }
        )
        for (run, span) in zip(notebook.runs, spans) {
            guard let ran = within(span.start, span.end) else { continue }
            let price = prices?.price(of: run.run.traits.flavor)
            var figures = ReportFigures()
            figures.ran.add(ran, at: price)
            figures.idle.add(idle.within(max(span.start, from), min(span.end, to)), at: price)
            add(figures, run.run.traits, rule: run.rule)
        }
    }

    private mutating func add(_ figures: ReportFigures, _ traits: RunTraits?, rule: String?) {
        guard figures != ReportFigures() else { return }
        total += figures
        for grouping in Grouping.allCases {
            let (key, name): (String?, String?) =
                switch grouping {
                case .owner: (traits?.owner.id ?? traits?.owner.name, traits?.owner.name)
                case .flavor: (traits?.flavor, nil)
                case .workspace: (traits?.workspace, nil)
                case .rule: (rule, nil)
                }
            groups[grouping, default: [:]][key, default: Group()].figures += figures
            if let name = name ?? key { groups[grouping]?[key]?.name = name }
        }
    }

    /// How much of a span lies within the report's time; nil for nothing.
    private func within(_ start: Timestamp, _ end: Timestamp) -> Duration? {
        let (start, end) = (max(start, from), min(end, to))
        return start < end ? end - start : nil
    }

    /// When each of a notebook's runs counts: no moment twice.
    private static func counted(_ runs: [UsageRun]) -> [(start: Timestamp, end: Timestamp)] {
        var last = Timestamp.distantPast
        return runs.map { run in
            let span = run.counted(from: last, now: .distantFuture)
            last = span.end
            return span
        }
    }
}
