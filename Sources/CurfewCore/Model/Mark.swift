// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// A keep-alive mark as its notebook's user wrote it, and since when the daemon knows it.
package struct MarkSighting: Hashable, Sendable {
    /// The value of the tag, or what stands behind `word=` in the description.
    package let text: String
    /// When this very text was first seen; a mark that is changed counts as a new one.
    package let firstSeenAt: Timestamp

    package init(text: String, firstSeenAt: Timestamp) {
        self.text = text
        self.firstSeenAt = firstSeenAt
    }

    /// Until when the mark holds: what its text says, but never longer than `longest` from its first sight.
    ///
    /// Nil when the text is neither `true`, nor a date, nor an instant: such a mark does not hold.
    package func holdsUntil(longest: Duration, zone: TimeZone) -> Timestamp? {
        let bound = firstSeenAt + longest
        if text.lowercased() == "true" { return bound }
        if let date = CivilDate(text) { return min(date.end(in: zone), bound) }
        if let instant = Timestamp(rfc3339: text) { return min(instant, bound) }
        return nil
    }
}

extension MarkSettings {
    /// Whether the notebook may carry a mark that nobody can read: its tags may mark, and cannot be read.
    func mayBeHidden(in notebook: Notebook) -> Bool {
        tag != nil && notebook.tags == .unreadable
    }

    /// The text of the mark that the notebook carries, if any: its tag, else its description.
    package func text(of notebook: Notebook) -> String? {
        if let tag, let value = notebook.tags[tag] { return value.trimmed }
        guard let description, let note = notebook.note else { return nil }
        return Self.value(of: description, in: note)
    }

    /// What stands behind `word=` up to the next space, comma, semicolon or bracket, where `word` begins a word of its
    /// own.
    private static func value(of word: String, in note: String) -> String? {
        let wanted = word + "="
        // `isWhitespace` also knows the line end of Windows, which is one character here.
        for part in note.split(whereSeparator: { $0.isWhitespace || separators.contains($0) })
        where part.hasPrefix(wanted) {
            return String(part.dropFirst(wanted.count))
        }
        return nil
    }

    /// What ends a mark in a description besides white space, also as people in China type it.
    private static let separators: Set<Character> = [
        ",", ";", "(", ")", "[", "]", "{", "}", "，", "；", "、", "。", "（", "）",
    ]
}

extension String {
    fileprivate var trimmed: String {
        var view = Substring(self)
        while view.first?.isWhitespace == true { view.removeFirst() }
        while view.last?.isWhitespace == true { view.removeLast() }
        return String(view)
    }
}
