// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore

/// A report for people: a table by one grouping, with a bar for each group.
struct ReportText {
    let document: ReportDocument
    let grouping: UsageReport.Grouping
    let clock: LocalTime

    /// Groups that are shown; the others are summed in a line.
    private static let shown = 25

    func lines(_ terminal: Terminal) -> [String] {
        let groups = document.by[grouping]
        guard !groups.isEmpty else { return ["\(span): nothing ran, as far as the ledger knows"] }
        let table = table(groups.prefix(Self.shown), terminal)
        let rest = groups.count - Self.shown
        let more = rest > 0 ? ["\(terminal.ellipsis) and \(rest) more; --csv and --json have them all"] : []
        return [span, ""] + table + more + [""] + notes(terminal)
    }

    private var span: String {
        func minute(_ text: String) -> String { Timestamp(rfc3339: text).map(clock.minute) ?? text }
        return "\(minute(document.from)) to \(minute(document.to))"
    }

    private func table(_ groups: some Collection<ReportGroupDocument>, _ terminal: Terminal) -> [String] {
        let plain = plainTable(groups, bars: nil).lines(Terminal(showsUnicode: terminal.showsUnicode))
        let taken = plain.map { DisplayWidth.of($0) }.max() ?? 0
        let room = terminal.width.map { $0 - taken - 2 } ?? ReportBar.longest
        guard room >= ReportBar.shortest else { return plainTable(groups, bars: nil).lines(terminal) }
        let longest = groups.map { $0.figures.runningHours + $0.figures.savedHours }.max() ?? 0
        let bar = ReportBar(width: min(room, ReportBar.longest), scale: longest, isUnicode: terminal.showsUnicode)
        return plainTable(groups, bars: bar).lines(terminal)
    }

    private func plainTable(_ groups: some Collection<ReportGroupDocument>, bars: ReportBar?) -> TextTable {
        let money = document.currency.map { [$0] } ?? []
        var columns: [TextTable.Column] = [
            .init(grouping.rawValue.uppercased(), fit: .cut), .init("HOURS", .right),
        ]
        columns += money.map { .init($0, .right) }
        columns += [.init("IDLE H", .right), .init("SAVED H", .right)]
        columns += money.map { .init("SAVED \($0)", .right) }
        columns += [.init("STOPS", .right), .init("RENEWALS", .right)]
        if bars != nil { columns.append("") }
        var table = TextTable(columns)
        for group in groups {
            let cells = cells(group.label ?? "-", group.figures, nil)
            table.add(cells + (bars.map { [.init($0.text(group.figures), .cyan)] } ?? []))
        }
        table.add(cells("total", document.total, .bold) + (bars == nil ? [] : [.init("")]))
        return table
    }

    private func cells(
        _ name: String,
        _ figures: ReportFiguresDocument,
        _ style: Terminal.Style?
    ) -> [TextTable.Cell] {
        let texts =
            [name, DecimalText.tenths(figures.runningHours)] + money(figures.spentMoney)
            + [DecimalText.tenths(figures.idleHours), DecimalText.tenths(figures.savedHours)]
            + money(figures.savedMoney) + ["\(figures.stops)", "\(figures.renewals)"]
        return texts.map { TextTable.Cell($0, style) }
    }

    /// An amount to the hundredth, where there are prices.
    private func money(_ text: String?) -> [String] {
        text.map { [Double($0).map { DecimalText.decimal($0, digits: 2) } ?? $0] } ?? []
    }

    /// What the figures mean, and what is not in them.
    private func notes(_ terminal: Terminal) -> [String] {
        let marks = ReportBar(width: 1, scale: 1, isUnicode: terminal.showsUnicode)
        var notes = [
            "\(marks.used) running, \(marks.idle) of it idle as far as looks prove it, \(marks.saved) saved by stops",
            "Saved: from a confirmed stop to the next start, the end of the lease, or a day.",
        ]
        if grouping == .rule { notes.append("A run belongs to the last rule that stopped, renewed or warned in it.") }
        if let unpriced = document.total.unpricedHours, unpriced > 0 {
            notes.append("\(DecimalText.tenths(unpriced)) hours have no price; `prices` names none for their flavors.")
        }
        return notes
    }
}

/// A bar of a chart: what was used, what was idle, what was saved.
struct ReportBar {
    /// In columns.
    let width: Int
    /// The hours of the longest bar.
    let scale: Double
    let isUnicode: Bool

    static let longest = 40
    static let shortest = 10

    var used: String { isUnicode ? "█" : "#" }
    var idle: String { isUnicode ? "▒" : "=" }
    var saved: String { isUnicode ? "░" : "." }

    /// The bar; whatever is more than nothing in all gets one column at least.
    func text(_ figures: ReportFiguresDocument) -> String {
        guard scale > 0 else { return "" }
        func columns(_ hours: Double) -> Int { Int((hours / scale * Double(width)).rounded()) }
        let all = figures.runningHours + figures.savedHours
        let total = max(columns(all), all > 0 ? 1 : 0)
        let running = min(total, max(columns(figures.runningHours), figures.savedHours > 0 ? 0 : total))
        let idling = min(running, columns(figures.idleHours))
        return String(repeating: used, count: running - idling) + String(repeating: idle, count: idling)
            + String(repeating: saved, count: total - running)
    }
}

/// Numbers for people.
enum DecimalText {
    /// With one decimal.
    static func tenths(_ number: Double) -> String { decimal(number, digits: 1) }

    /// With that many decimals, whatever the locale.
    static func decimal(_ number: Double, digits: Int) -> String {
        let unit = (0..<digits).reduce(1) { power, _ in power * 10 }
        let whole = Int(min((number * Double(unit)).rounded(), 9e15))
        return "\(whole / unit).\(String(unit + whole % unit).dropFirst())"
    }
}

extension ReportGroupDocument {
    /// What people call it, if there is anything to call it by.
    var label: String? { name ?? key }
}
