// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A keep-alive mark as its notebook's user wrote it, and since when the daemon knows of marks on it.
package struct MarkSighting: Hashable, Sendable {
    /// The value of the tag, or what stands behind `word=` in the description.
    package let text: String
    /// When a mark was first seen in this spell: writing another text does not begin a new one, being without a mark for
    /// a day does.
    package let firstSeenAt: Timestamp

    package init(text: String, firstSeenAt: Timestamp) {
        self.text = text
        self.firstSeenAt = firstSeenAt
    }
}

/// An unbroken time in which a notebook's user asked for keep-alive, whatever the texts said one after another.
///
/// `MarkSettings.longest` counts from its beginning, so that a mark cannot be renewed for ever a day at a time.
package struct MarkSpell: Hashable, Sendable {
    package private(set) var since: Timestamp
    /// From when on there was no mark in force; nil while there is one.
    package private(set) var absentSince: Timestamp?

    /// After such a time without a mark, the next one begins a new spell.
    package static let longestAbsence: Duration = .seconds(86_400)

    package init(since: Timestamp, absentSince: Timestamp? = nil) {
        self.since = since
        self.absentSince = absentSince
    }

    /// Whether a mark that is there at `now` belongs to it.
    func goesOn(at now: Timestamp) -> Bool {
        absentSince.map { now - $0 < Self.longestAbsence } ?? true
    }

    /// The spell with a mark in force at `now`.
    func marked() -> MarkSpell { MarkSpell(since: since) }

    /// The spell with the mark's end at `end`, unless it had ended before.
    func unmarked(since end: Timestamp) -> MarkSpell {
        MarkSpell(since: since, absentSince: absentSince ?? max(since, end))
    }

    /// The spell after the clock was set back to `now`.
    func clamped(to now: Timestamp) -> MarkSpell {
        MarkSpell(since: min(since, now), absentSince: absentSince.map { min($0, now) })
    }
}

extension MarkSettings {
    /// Whether the notebook may carry a mark that nobody can read: its tags may mark, and cannot be read.
    func mayBeHidden(in notebook: Notebook) -> Bool {
        tag != nil && notebook.tags == .unreadable
    }

    /// Until when a mark's text asks for keep-alive: `true` for ever, a date until its end, an instant.
    ///
    /// Nil when it is none of these: such a mark does not hold.
    package func askedUntil(_ text: String) -> Timestamp? {
        if text.lowercased() == "true" { return Timestamp.distantFuture }
        if let date = CivilDate(text) { return date.end(in: zone) }
        return Timestamp(rfc3339: text)
    }

    /// Until when the mark holds: what its text asks for, but never longer than `longest` from its first sight.
    package func holdsUntil(_ mark: MarkSighting) -> Timestamp? {
        askedUntil(mark.text).map { min($0, mark.firstSeenAt + longest) }
    }

    /// The text of the mark that the notebook carries, if any: its tag, else its description.
    package func text(of notebook: Notebook) -> String? {
        if let tag, let value = notebook.tags[tag] { return value.trimmed }
        guard let description, let note = notebook.note else { return nil }
        return Self.value(of: description, in: note)
    }

    /// Whether the notebook's mark is its tag, not a word of its description.
    func isTag(on notebook: Notebook) -> Bool {
        mayBeHidden(in: notebook) || tag.map { notebook.tags[$0] != nil } ?? false
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
