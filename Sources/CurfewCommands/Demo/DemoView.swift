// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

/// The live table of the demonstration.
struct DemoView {
    private let terminal: Terminal
    private let speed: Double
    private var drawn = 0

    /// How many of the latest events stand below the table.
    private static let events = 7

    init(terminal: Terminal, speed: Double) {
        self.terminal = terminal
        self.speed = speed
    }

    /// Prepares the terminal: no cursor, and lines that are too long are cut instead of wrapped.
    func begin() {
        terminal.write("\u{1B}[?25l\u{1B}[?7l")
    }

    /// Gives the terminal back as it was.
    func end() {
        terminal.write("\u{1B}[?25h\u{1B}[?7h")
    }

    /// Draws the present state over the last one.
    mutating func draw(_ snapshot: EngineSnapshot, _ story: DemoStory) {
        let lines = frame(snapshot, story)
        let up = drawn > 0 ? "\u{1B}[\(drawn)A" : ""
        terminal.write(up + lines.map { "\u{1B}[2K" + $0 + "\n" }.joined() + "\u{1B}[J")
        drawn = lines.count
    }

    private func frame(_ snapshot: EngineSnapshot, _ story: DemoStory) -> [String] {
        let now = snapshot.takenAt
        var table = TextTable(["NOTEBOOK", "USER", "KIND", "STATUS", "IN USE?", "LEASE LEFT", "WHAT CURFEW DOES"])
        let stopped = story.stopped
        let prolonged = story.prolonged
        for view in snapshot.notebooks.sorted(by: { $0.record.notebook.name < $1.record.notebook.name }) {
            let id = view.record.notebook.id
            table.add(DemoRow(view, now: now, stoppedAt: stopped[id], prolonged: prolonged[id] ?? 0).cells)
        }
        let title = terminal.styled("\(now.clock)", .bold) + "  a working day, \(Int(speed)) times faster than real"
        let events = story.lastLines(Self.events).map { "\($0.at.clock)  " + terminal.styled($0.text, $0.style) }
        let holds = snapshot.holds.map { terminal.styled("      \($0.hold.shortText)", .dim) }
        return [title, ""] + table.lines(terminal) + [""] + holds + events
    }
}

extension Hold {
    fileprivate var shortText: String {
        if case .coldStart = self { return "just started: watching for a while before stopping anything" }
        return description
    }
}
