// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Something that was done to a notebook, or to all of them, as the ledger keeps it: by the daemon or by a person.
package struct RecordedAction: Sendable, Equatable {
    /// Nil for what concerns all notebooks.
    package var notebook: Subject?
    package var kind: Kind
    /// The rule that decided; nil for what a person did.
    package var rule: String?
    package var reasons: [Ground]
    package var state: State
    /// When it was decided, or ordered by a person.
    package var decidedAt: Timestamp
    /// When its request went out for the last time; nil where none did, or nobody recorded it.
    package var sentAt: Timestamp?
    /// When it ended in any way; nil while it is open.
    package var endedAt: Timestamp?
    /// How often its request went out; nil where nobody recorded it.
    package var sendings: Int?
    /// Why it ended as it did, or what a person ordered, in words.
    package var detail: String?
    /// The user name of the person who ordered it; nil for what the daemon decided.
    package var person: String?

    package init(
        _ kind: Kind,
        notebook: Subject? = nil,
        rule: String? = nil,
        reasons: [Ground] = [],
        state: State,
        decidedAt: Timestamp,
        sentAt: Timestamp? = nil,
        endedAt: Timestamp? = nil,
        sendings: Int? = nil,
        detail: String? = nil,
        person: String? = nil
    ) {
        (self.kind, self.notebook, self.rule, self.reasons, self.state) = (kind, notebook, rule, reasons, state)
        (self.decidedAt, self.sentAt, self.endedAt, self.sendings) = (decidedAt, sentAt, endedAt, sendings)
        (self.detail, self.person) = (detail, person)
    }

    /// What a notebook was called when it was done.
    package struct Subject: Sendable, Hashable {
        package var id: NotebookID
        package var name: String
        package var owner: String?

        package init(id: NotebookID, name: String, owner: String? = nil) {
            (self.id, self.name, self.owner) = (id, name, owner)
        }
    }

    /// What was done; the words are those of the ledger and of JSON.
    package enum Kind: String, Sendable, CaseIterable {
        case stop
        case prolong
        case warn
        case keep
        case release
        case freeze
        case thaw
        case approve
        case reload
    }

    /// What became of it; the words are those of the ledger and of JSON.
    package enum State: String, Sendable, CaseIterable {
        /// It is under way, or its daemon ended in the middle of it and no later one has asked the cloud yet.
        case open
        case confirmed
        /// Fresh facts said otherwise.
        case overtaken
        /// The notebook is gone.
        case gone
        case abandoned
        /// A later daemon found that it had happened.
        case foundHappened = "found-happened"
        case foundNotHappened = "found-not-happened"
        case foundGone = "found-gone"
        /// Warnings and what people do: it took effect at once.
        case done
    }

    /// A ground of a decision, by its stable code and in words.
    package struct Ground: Sendable, Hashable, Codable {
        package let code: String
        package let text: String

        package init(code: String, text: String) {
            (self.code, self.text) = (code, text)
        }
    }
}
