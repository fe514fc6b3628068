// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// Makes what a server wrote fit to be shown: short, printable, and without anything that may be a secret.
///
/// A server may quote the request it refuses, and the request holds credentials; or a notebook, and that holds a token.
struct ServerText: Sendable {
    private static let longest = 200
    /// Keys, tokens and signatures are longer than any word of a sentence.
    private static let longestWord = 19

    private let secrets: [String]

    /// Texts that contain one of these are not shown at all.
    init(secrets: [Secret]) {
        self.secrets = secrets.map { $0.reveal() }.filter { !$0.isEmpty }
    }

    /// A message in a form that can be quoted; nil when nothing is left to show.
    func quotable(_ message: String?) -> String? {
        guard let message, isHarmless(message) else { return nil }
        var result = ""
        var word = ""
        for scalar in message.unicodeScalars.prefix(Self.longest) {
            if Self.isPartOfToken(scalar) {
                word.unicodeScalars.append(scalar)
            } else {
                Self.finish(&word, into: &result)
                result.unicodeScalars.append(Self.isPrintable(scalar) ? scalar : " ")
            }
        }
        Self.finish(&word, into: &result)
        return result.allSatisfy(\.isWhitespace) ? nil : result
    }

    /// A code or a request's id, which consists of plain characters only; nil for anything else.
    func identifier(_ text: String?) -> String? {
        guard
            let text, (1...64).contains(text.utf8.count), isHarmless(text),
            text.utf8.allSatisfy(PercentEncoding.isUnreserved)
        else { return nil }
        return text
    }

    private func isHarmless(_ text: String) -> Bool {
        !secrets.contains { text.contains($0) }
    }

    private static func finish(_ word: inout String, into result: inout String) {
        result += word.unicodeScalars.count > longestWord ? "[...]" : word
        word = ""
    }

    private static func isPartOfToken(_ scalar: Unicode.Scalar) -> Bool {
        guard let byte = UInt8(exactly: scalar.value) else { return false }
        return PercentEncoding.isUnreserved(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
            || byte == UInt8(ascii: "=")
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
