// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CurfewCommands

struct TextTableTests {
    private static let columns: [TextTable.Column] = [
        .init("NOTEBOOK", fit: .cut), .init("HOURS", .right), "RULE", .init("WHY", fit: .wrap),
    ]

    private func table(_ rows: [[String]], _ terminal: Terminal = Terminal()) -> [String] {
        var table = TextTable(Self.columns)
        for row in rows { table.add(row.map { TextTable.Cell($0) }) }
        return table.lines(terminal)
    }

    @Test
    func `columns stay aligned whatever the width of the characters in them`() {
        let lines = table([["训练-🚀", "1.5", "all", "idle"], ["a", "120.0", "年", "idle"]])
        #expect(
            lines == [
                "NOTEBOOK  HOURS  RULE  WHY",
                "训练-🚀     1.5  all   idle",
                "a         120.0  年    idle",
            ]
        )
    }

    @Test
    func `a wide terminal shows everything in one line each`() {
        let row = ["a-notebook-with-a-long-name", "1.0", "everyone else", "idle for 1h 3min, budget 1h; lease ends"]
        #expect(table([row], Terminal(width: 200))[1] == row.joined(separator: "  ").replacing("1.0", with: "  1.0"))
    }

    @Test
    func `a narrow terminal gets further lines and cut names, never lines that are too long`() {
        let row = ["训练任务训练任务-of-alice-and-bob", "1.0", "all", "idle for 1h 3min, budget 1h; the lease ends soon"]
        let lines = table([row], Terminal(width: 50))
        #expect(
            lines == [
                "NOTEBOOK     HOURS  RULE  WHY",
                "训练任务训…    1.0  all   idle for 1h 3min, budget",
                "                          1h; the lease ends soon",
            ]
        )
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 50 })
    }

    @Test
    func `a name can neither break the table nor reach the terminal`() {
        #expect(table([["a\u{1B}[31m\nb\u{202E}", "1", "r", "w"]])[1] == "a[31mb        1  r     w")
    }

    @Test
    func `without bound nothing is cut`() {
        let name = String(repeating: "n", count: 500)
        #expect(table([[name, "1", "r", "w"]])[1].hasPrefix(name))
    }
}

struct TerminalTests {
    @Test(arguments: [
        ([:], true), (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true), (["TERM": "dumb"], false),
        (["TERM": "xterm-256color"], true),
    ])
    func `colours are used on a terminal whose user has nothing against them`(
        _ environment: [String: String],
        _ uses: Bool
    ) {
        let terminal = Terminal(isInteractive: true, columns: 80, environment: environment)
        #expect((terminal.styled("x", .red) != "x") == uses)
        #expect(Terminal(isInteractive: false, columns: nil, environment: environment).styled("x", .red) == "x")
    }

    @Test(arguments: [
        (["LANG": "de_DE.UTF-8"], true), (["LANG": "C.utf8"], true), ([:], false), (["LANG": "C"], false),
        (["LANG": "de_DE.UTF-8", "LC_ALL": "C"], false), (["LANG": "C", "LC_CTYPE": "C.UTF-8", "LC_ALL": ""], true),
    ])
    func `the locale tells whether more than ASCII can be shown`(_ environment: [String: String], _ shows: Bool) {
        #expect(Terminal(isInteractive: false, columns: nil, environment: environment).showsUnicode == shows)
    }

    @Test
    func `COLUMNS overrides the width, and a pipe has none`() {
        #expect(Terminal(isInteractive: true, columns: 80, environment: ["COLUMNS": "120"]).width == 120)
        #expect(Terminal(isInteractive: true, columns: 80, environment: ["COLUMNS": "0"]).width == 80)
        #expect(Terminal(isInteractive: false, columns: nil, environment: [:]).width == nil)
    }
}
