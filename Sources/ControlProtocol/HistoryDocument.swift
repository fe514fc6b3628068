// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What `history --json` prints: what was done, newest first.
package struct HistoryDocument: Codable, Equatable, Sendable {
    package let generatedAt: String
    /// From when on.
    package let since: String
    /// Whether there may be more than was asked for, before the last of these.
    package let isCut: Bool
    package let actions: [HistoryActionDocument]

    package init(_ actions: [RecordedAction], since: Timestamp, limit: Int, generatedAt: Timestamp) {
        self.generatedAt = generatedAt.description
        self.since = since.description
        isCut = actions.count >= limit
        self.actions = actions.map(HistoryActionDocument.init)
    }
}

/// Something that the daemon or a person did.
package struct HistoryActionDocument: Codable, Equatable, Sendable {
    /// What it was called then; null for what concerns all notebooks.
    @ExplicitNull package var notebook: NotebookName?
    /// `stop`, `prolong`, `warn`, `keep`, `release`, `freeze`, `thaw`, `approve` or `reload`.
    package let action: String
    @ExplicitNull package var rule: String?
    package let reasons: [RecordedAction.Ground]
    /// `open`, `confirmed`, `overtaken`, `gone`, `abandoned`, `found-happened`, `found-not-happened`, `found-gone` or `done`.
    package let state: String
    package let decidedAt: String
    @ExplicitNull package var sentAt: String?
    /// When reading the notebook confirmed it; null where nothing did.
    @ExplicitNull package var confirmedAt: String?
    /// When it ended in any way; null while it is open.
    @ExplicitNull package var endedAt: String?
    /// How often its request went out; null where nobody recorded it.
    @ExplicitNull package var attempts: Int?
    @ExplicitNull package var detail: String?
    /// The user name of the person who did it; null for what the daemon did.
    @ExplicitNull package var person: String?

    package init(_ action: RecordedAction) {
        self.action = action.kind.rawValue
        reasons = action.reasons
        state = action.state.rawValue
        decidedAt = action.decidedAt.description
        notebook = action.notebook.map(NotebookName.init)
        rule = action.rule
        sentAt = action.sentAt?.description
        confirmedAt = action.state == .confirmed ? action.endedAt?.description : nil
        endedAt = action.endedAt?.description
        attempts = action.sendings
        detail = action.detail
        person = action.person
    }
}

extension NotebookName {
    /// What a notebook of the past was called.
    package init(_ subject: RecordedAction.Subject) {
        self.init(id: subject.id.text, name: subject.name, owner: subject.owner)
    }
}
