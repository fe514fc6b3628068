// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How parts of a policy file are shown in messages: in one line, bounded, without control characters.
enum Quoted {
    private static let longest = 60

    /// A value in double quotes.
    static func value(_ text: String) -> String { "\"\(plain(text))\"" }

    /// A key in backticks.
    static func key(_ text: String) -> String { "`\(plain(text))`" }

    /// The text itself, cut and with control characters escaped.
    static func plain(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars.prefix(longest) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                result += scalar.escaped(asASCII: true)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return text.unicodeScalars.count > longest ? result + "…" : result
    }

    /// `a`, `b` or `c`.
    static func alternatives(_ names: [String]) -> String {
        let quoted = names.map { "`\($0)`" }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
        return quoted.dropLast().joined(separator: ", ") + " or " + last
    }
}
