// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore

/// What came of trying a policy, and the one in force beside it.
struct BacktestReport {
    /// One policy and what came of it.
    struct Side {
        let name: String
        let result: Backtest
    }

    let history: FleetHistory
    let soon: Duration
    let candidate: Side
    let present: Side?

    /// Stops of each sort that are shown, the newest.
    private static let shownStops = 20

    func lines(_ terminal: Terminal) -> [String] {
        guard !history.notebooks.isEmpty, history.from < history.to else {
            return ["nothing is recorded of that time; the daemon records what it sees from its start on"]
        }
        var lines = ["\(history.notebooks.count) notebooks, \(Self.text(history.from)) to \(Self.text(history.to)) UTC"]
        lines.append("new:      \(candidate.name)")
        if let present { lines.append("in force: \(present.name)") }
        lines.append("")
        lines += figures(terminal) + [""] + stops(terminal)
        lines += [candidate, present].compactMap(\.self).compactMap { side in
            side.result.freeze.map { "! \(side.name): at \(Self.text($0.at)) \($0.hold)" }
        }
        return lines + Self.limits
    }

    func document(generatedAt: Timestamp) -> BacktestDocument {
        BacktestDocument(
            generatedAt: generatedAt,
            history: history,
            soon: soon,
            new: BacktestSideDocument(candidate.name, candidate.result, soon: soon),
            inForce: present.map { BacktestSideDocument($0.name, $0.result, soon: soon) }
        )
    }

    private func figures(_ terminal: Terminal) -> [String] {
        let sides = [candidate.result] + [present?.result].compactMap(\.self)
        var table = TextTable(present == nil ? ["", "NEW", "IN TRUTH"] : ["", "NEW", "IN FORCE", "IN TRUTH"])
        func add(_ name: String, _ truth: String, _ figure: (Backtest) -> String) {
            let texts: [String] = [name] + sides.map(figure) + [truth]
            table.add(texts.map { TextTable.Cell($0) })
        }
        add("stops", "\(history.stops)") { "\($0.stops.count)" }
        add("  likely wrong", "-") { "\($0.stops.count { $0.isLikelyWrong(within: soon) })" }
        add("hours of running", Self.hours(candidate.result.ran)) { Self.hours($0.ran - $0.saved) }
        add("  hours saved", "-") { Self.hours($0.saved) }
        if sides.contains(where: { $0.savedMoney != nil }) {
            add("  money saved", "-") { $0.savedMoney?.text ?? "-" }
        }
        add("hours that could not be judged", "-") { Self.hours($0.unjudged) }
        return table.lines(terminal)
    }

    private func stops(_ terminal: Terminal) -> [String] {
        let all = candidate.result.stops
        guard !all.isEmpty else { return ["The new policy would have stopped nothing.", ""] }
        let wrong = all.filter { $0.isLikelyWrong(within: soon) }
        let others = all.filter { !$0.isLikelyWrong(within: soon) }
        return section("Likely wrong: used again within \(soon.spanText)", wrong, terminal)
            + section("Other stops", others, terminal)
    }

    private func section(_ title: String, _ stops: [ReplayedStop], _ terminal: Terminal) -> [String] {
        guard !stops.isEmpty else { return [] }
        let more = stops.count - Self.shownStops
        let rest = more > 0 ? ["… and \(more) before; --json has them all"] : []
        return ["\(title):"] + table(stops.suffix(Self.shownStops), terminal) + rest + [""]
    }

    private func table(_ stops: some Collection<ReplayedStop>, _ terminal: Terminal) -> [String] {
        var table = TextTable(["AT (UTC)", "NOTEBOOK", "OWNER", "RULE", "SAVED", "USED AGAIN"])
        for stop in stops {
            let again = stop.usedAgainAt.map { "after \(($0 - stop.at).spanText)" } ?? "-"
            table.add([
                .init(Self.text(stop.at)),
                .init(stop.notebook.name),
                .init(stop.notebook.owner.name ?? stop.notebook.owner.id ?? "-"),
                .init(stop.rule),
                .init(stop.saved.spanText),
                .init(again, stop.isLikelyWrong(within: soon) ? .red : nil),
            ])
        }
        return table.lines(terminal)
    }

    /// What nobody should read into the figures.
    private static let limits = [
        "Not tried: leases, guards, the cold start, times without a daemon; rules with",
        "`spent` match nothing here. A notebook that would have been stopped is off until",
        "it really ended or was used again.",
    ]

    private static func text(_ instant: Timestamp) -> String {
        String(instant.description.prefix(16)).replacing("T", with: " ")
    }

    private static func hours(_ span: Duration) -> String {
        let tenths = (span.wholeMilliseconds + 180_000) / 360_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension Backtest.SavedMoney {
    fileprivate var text: String {
        "\(amount) \(currency)" + (unpriced > 0 ? " (\(unpriced) stops without a price)" : "")
    }
}
