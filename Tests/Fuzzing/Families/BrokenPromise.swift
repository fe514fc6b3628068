// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A document for which something does not hold that must hold for all.
package struct BrokenPromise: Error, CustomStringConvertible {
    /// What should hold, and what came instead.
    let text: String
    /// What the promise was broken with.
    let documents: [[UInt8]]

    private static let shown = 3_000

    package var description: String {
        let parts = documents.map { bytes in
            let rest = bytes.count > Self.shown ? "\n… \(bytes.count - Self.shown) bytes more" : ""
            return "----\n" + String(decoding: bytes.prefix(Self.shown), as: UTF8.self).debugDescription + rest
        }
        return ([text] + parts).joined(separator: "\n")
    }
}

/// Makes sure that something holds.
func promise(_ holds: Bool, _ text: @autoclosure () -> String, _ documents: [[UInt8]]) throws {
    guard holds else { throw BrokenPromise(text: text(), documents: documents) }
}

extension String {
    /// Whether it is one line for people: nothing in it ends a line, moves a cursor or hides what stands beside it.
    var isOneHarmlessLine: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }
}
