// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore
import Foundation

/// Follows the daemon: a table that is drawn over itself on a terminal, a line per change elsewhere.
struct StatusView {
    /// Asked anew before each frame, because people change the size of windows.
    private let terminal: () -> Terminal
    private let order: StatusOrder
    private var last: [String: StatusTableRow]?
    private var lastHolds: [String] = []

    init(order: StatusOrder, terminal: @escaping () -> Terminal) {
        self.terminal = terminal
        self.order = order
    }

    /// Prepares the terminal: a screen of its own, so that what stood there comes back, without cursor and wrapping.
    func begin() {
        let terminal = terminal()
        if terminal.isInteractive { terminal.write("\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l") }
    }

    /// Gives the terminal back as it was.
    func end() {
        let terminal = terminal()
        if terminal.isInteractive { terminal.write("\u{1B}[?25h\u{1B}[?7h\u{1B}[?1049l") }
    }

    /// Shows the next state.
    mutating func show(_ status: StatusAnswer, now: Timestamp) {
        let terminal = terminal()
        if terminal.isInteractive { draw(status, on: terminal, now: now) } else { tell(status, terminal) }
    }

    /// Each line is written over the one before it, so nothing flickers.
    private func draw(_ status: StatusAnswer, on terminal: Terminal, now: Timestamp) {
        let room = max(2, (terminal.height ?? 24) - 1)
        let lines = StatusReport(status, order: order).lines(terminal, now: now)
        let shown =
            lines.count > room
            ? lines.prefix(room - 1) + ["\(terminal.ellipsis) \(lines.count - room + 1) more"] : lines[...]
        terminal.write("\u{1B}[H" + shown.map { $0 + "\u{1B}[K\n" }.joined() + "\u{1B}[J")
    }

    private mutating func tell(_ status: StatusAnswer, _ terminal: Terminal) {
        let rows = Dictionary(status.rows.map { ($0.id, $0) }) { $1 }
        let clock = LocalTime(zone: .current, now: status.generatedAt).dated(status.generatedAt)
        for line in changes(to: rows) { terminal.line("\(clock)  \(line.printable)") }
        let holds = status.holds
        for hold in holds where !lastHolds.contains(hold) { terminal.line("\(clock)  \(hold)") }
        if holds.isEmpty, !lastHolds.isEmpty { terminal.line("\(clock)  stops are no longer held") }
        (last, lastHolds) = (rows, holds)
    }

    /// The lines on what is another than before; at first, one for each notebook.
    private func changes(to rows: [String: StatusTableRow]) -> [String] {
        let gone = (last ?? [:]).values.filter { rows[$0.id] == nil }.map { ($0.name, "\($0.name): gone") }
        let changed = rows.values.filter { last?[$0.id]?.change != $0.change }.map { ($0.name, $0.change) }
        return (gone + changed).sorted { $0 < $1 }.map(\.1)
    }
}

extension StatusTableRow {
    /// What of it is news: its state and verdict with the rule, not the running numbers.
    fileprivate var change: String {
        let use =
            switch self.use {
            case .notAsked: ""
            case .active: ", active"
            case .idle: ", idle"
            case .notLooked: ""
            case .unknown: ", use unknown"
            }
        let doing = isStuck ? "stuck" : underWay.map { $0 == "stop" ? "stopping" : "prolonging" } ?? action
        let rule = self.rule.map { " (\($0))" } ?? ""
        return "\(name): \(status.lowercased())\(use): \(doing)\(rule)"
    }
}
