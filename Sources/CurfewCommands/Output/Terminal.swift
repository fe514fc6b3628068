// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The program's standard streams.
struct Terminal: Sendable {
    /// Whether standard output is a terminal that people look at.
    let isInteractive: Bool
    /// Whether colours may be used (`NO_COLOR`, https://no-color.org).
    let usesColor: Bool

    /// The streams of this process.
    static var standard: Terminal {
        let isInteractive = isatty(STDOUT_FILENO) == 1
        let environment = ProcessInfo.processInfo.environment
        let refusesColor = environment["NO_COLOR"].map { !$0.isEmpty } ?? false || environment["TERM"] == "dumb"
        return Terminal(isInteractive: isInteractive, usesColor: isInteractive && !refusesColor)
    }

    /// Writes to standard output as it is.
    func write(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    /// Writes a line to standard output.
    func line(_ text: String) {
        write(text + "\n")
    }

    /// Writes a line to standard error.
    func complain(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// The text in the given style, where styles may be used.
    func styled(_ text: String, _ style: Style?) -> String {
        guard usesColor, let style else { return text }
        return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }

    /// Ways to set text off.
    enum Style: String, Sendable {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
    }
}
