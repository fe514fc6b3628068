// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import SystemdSupport

/// The program's standard streams.
struct Terminal: Sendable {
    /// Whether standard output is a terminal that people look at.
    let isInteractive: Bool
    /// Which colours may be used.
    let palette: Palette
    /// How many columns there are; nil where nobody has set a bound, as in a pipe.
    let width: Int?
    /// How many lines there are; nil where nobody has set a bound.
    let height: Int?
    /// Whether more than ASCII can be shown.
    let showsUnicode: Bool

    /// The colours that a terminal has.
    enum Palette: Sendable {
        case none
        /// The sixteen of every terminal, in the tones that its user chose.
        case basic
        /// The 256 of xterm.
        case rich
    }

    init(
        isInteractive: Bool = false,
        palette: Palette = .none,
        width: Int? = nil,
        height: Int? = nil,
        showsUnicode: Bool = true
    ) {
        (self.isInteractive, self.palette) = (isInteractive, palette)
        (self.width, self.height, self.showsUnicode) = (width, height, showsUnicode)
    }

    /// A terminal as the environment describes it.
    ///
    /// `NO_COLOR` (https://no-color.org) forbids colours; `COLUMNS` overrides the width; the locale tells the characters
    /// (`LC_ALL` before `LC_CTYPE` before `LANG`, as in locale(7)).
    init(isInteractive: Bool, columns: Int?, lines: Int? = nil, environment: [String: String]) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let term = value("TERM") ?? ""
        var palette: Palette = term.contains("256color") || value("COLORTERM") != nil ? .rich : .basic
        if !isInteractive || value("NO_COLOR") != nil || term == "dumb" { palette = .none }
        let locale = value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG") ?? "C"
        self.init(
            isInteractive: isInteractive,
            palette: palette,
            width: value("COLUMNS").flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil } ?? columns,
            height: lines,
            showsUnicode: ["utf-8", "utf8"].contains { locale.lowercased().contains($0) }
        )
    }

    /// The streams of this process.
    static var standard: Terminal {
        let isInteractive = isatty(STDOUT_FILENO) == 1
        return Terminal(
            isInteractive: isInteractive,
            columns: isInteractive ? TerminalSize.columns(of: STDOUT_FILENO) : nil,
            lines: isInteractive ? TerminalSize.lines(of: STDOUT_FILENO) : nil,
            environment: ProcessInfo.processInfo.environment
        )
    }

    /// What stands where a text was cut.
    var ellipsis: String { showsUnicode ? "…" : "..." }

    /// Writes to standard output as it is.
    func write(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    /// Writes a line to standard output.
    func line(_ text: String) {
        write(text + "\n")
    }

    /// Writes lines to standard output at once.
    func lines(_ lines: [String]) {
        write(lines.map { $0 + "\n" }.joined())
    }

    /// Writes JSON from the daemon to standard output as it came, with a line feed at its end.
    func bytes(_ document: [UInt8]) {
        FileHandle.standardOutput.write(Data(document))
        if document.last != UInt8(ascii: "\n") { write("\n") }
    }

    /// Writes a line to standard error.
    func complain(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// The text in the given style, where styles may be used.
    func styled(_ text: String, _ style: Style?) -> String {
        guard let style, let code = style.code(palette) else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    /// Ways to set text off; no meaning is told by a colour alone.
    enum Style: Sendable {
        case bold
        case dim
        case red
        case green
        case yellow
        case cyan

        /// The parameters of the escape sequence.
        ///
        /// The tones are those of Okabe and Ito's palette (vermilion, bluish green, orange, sky blue), which people of every
        /// kind of colour vision tell apart. Where there are sixteen colours only, red is bold, so that it is no darker green.
        fileprivate func code(_ palette: Palette) -> String? {
            switch (palette, self) {
            case (.none, _): nil
            case (_, .bold): "1"
            case (_, .dim): "2"
            case (.basic, .red): "1;31"
            case (.basic, .green): "36"
            case (.basic, .yellow): "33"
            case (.basic, .cyan): "34"
            case (.rich, .red): "38;5;166"
            case (.rich, .green): "38;5;36"
            case (.rich, .yellow): "38;5;178"
            case (.rich, .cyan): "38;5;74"
            }
        }
    }
}
