// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Asks for keep-alive of a notebook, up to an instant or for a time from now; one of the two is null.
package struct KeepDocument: Codable, Equatable, Sendable {
    /// RFC 3339 with an offset.
    @ExplicitNull package var until: String?
    /// More than 0.
    @ExplicitNull package var forSeconds: Double?
    /// Why, for whoever reads the ledger; not empty.
    package let reason: String

    package init(until: String?, forSeconds: Double?, reason: String) {
        self.reason = reason
        self.until = until
        self.forSeconds = forSeconds
    }
}

/// Asks that no stop go out any more.
package struct FreezeDocument: Codable, Equatable, Sendable {
    /// Why, for whoever asks the daemon later; not empty.
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}

/// Asks to let stops go that the guard against too many stops holds.
package struct ApproveDocument: Codable, Equatable, Sendable {
    /// The ids of the notebooks; null for all that are held at that moment, none to end a freeze that holds nothing any more.
    @ExplicitNull package var notebooks: [String]?

    package init(notebooks: [String]?) {
        self.notebooks = notebooks
    }
}

/// What came of an approval; each stop that was let go is verified once more before it is sent.
package struct ApprovedDocument: Codable, Equatable, Sendable {
    /// Those whose stops go now.
    package let letGo: [NotebookName]
    /// Those that were named and whose stops nothing held.
    package let notHeld: [NotebookName]
    /// Those whose stops the guard still holds.
    package let stillHeld: [NotebookName]

    package init(letGo: [NotebookName], notHeld: [NotebookName], stillHeld: [NotebookName]) {
        (self.letGo, self.notHeld, self.stillHeld) = (letGo, notHeld, stillHeld)
    }
}

/// A grant of keep-alive as it holds.
package struct KeptDocument: Codable, Equatable, Sendable {
    package let notebook: NotebookName
    /// Until when, which may be earlier than was asked for.
    package let until: String
    /// The rule that decides about the notebook now; null when none does.
    @ExplicitNull package var rule: String?
    /// Whether that rule keeps it because of the grant; if not, an earlier rule decides without asking for marks.
    package let isInEffect: Bool

    package init(notebook: NotebookName, until: String, rule: String?, isInEffect: Bool) {
        (self.notebook, self.until, self.isInEffect) = (notebook, until, isInEffect)
        self.rule = rule
    }
}

/// An act was done and stands in the ledger.
package struct DoneDocument: Codable, Equatable, Sendable {
    /// What came of it, in words.
    package let text: String

    package init(text: String) {
        self.text = text
    }
}

/// The policy was read again and is in force.
package struct ReloadDocument: Codable, Equatable, Sendable {
    /// The warnings about it, as `curfew check` prints them.
    package let diagnostics: [String]

    package init(diagnostics: [String]) {
        self.diagnostics = diagnostics
    }
}

/// All notebooks by name, for completions.
package struct NotebooksDocument: Codable, Equatable, Sendable {
    package let notebooks: [NotebookName]

    package init(notebooks: [NotebookName]) {
        self.notebooks = notebooks
    }
}
