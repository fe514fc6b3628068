// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What is wrong with the body of an act, in words for the person who sent it.
package struct InvalidBody: Error, Equatable, Sendable, CustomStringConvertible {
    package let text: String

    package var description: String { text }
}

/// Why a person does something, as one line of text: it stands in the journal, in the ledger and on terminals.
package enum ActReason {
    /// The longest reason, in Unicode scalars.
    package static let longest = 1_000

    /// The reason with single spaces between its words; throws when it is empty, too long or garbled.
    package static func checked(_ text: String) throws(InvalidBody) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty else { throw InvalidBody(text: "`reason` is empty; say why in a few words") }
        let length = text.unicodeScalars.count
        guard length <= longest else {
            throw InvalidBody(text: "`reason` has \(length) characters; at most \(longest) are allowed")
        }
        let isGarbled = text.unicodeScalars.contains { scalar in
            [.control, .format, .surrogate, .lineSeparator].contains(scalar.properties.generalCategory)
        }
        guard !isGarbled else { throw InvalidBody(text: "`reason` contains control characters; write plain text") }
        return words
    }
}

extension KeepDocument {
    /// When the keep-alive is to end.
    package enum End: Equatable, Sendable {
        case at(Timestamp)
        case after(Duration)
    }

    /// A year: a longer wish is a slip of the hand, and the policy's own bound is shorter.
    private static let longest = 366.0 * 86_400

    /// The end that the document names; throws when it names none, or two.
    package func end() throws(InvalidBody) -> End {
        switch (until, forSeconds) {
        case (let text?, nil):
            guard let instant = Timestamp(rfc3339: text) else {
                throw InvalidBody(text: "`until` is no instant with an offset, such as 2026-12-01T08:00:00Z")
            }
            return .at(instant)
        case (nil, let seconds?):
            guard seconds > 0, seconds <= Self.longest else {
                throw InvalidBody(text: "`forSeconds` must be more than 0 and at most \(Int64(Self.longest))")
            }
            return .after(.milliseconds(Int64((seconds * 1_000).rounded(.up))))
        default: throw InvalidBody(text: "exactly one of `until` and `forSeconds` is needed")
        }
    }
}
