// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What a person did, as the ledger keeps it.
package enum RecordedAct: Hashable, Sendable {
    /// `since` of the grant tells the row of grants that it continues; its person is the grant's.
    case kept(NamedNotebook, Grant)
    case released(NamedNotebook, by: String)
    case frozen(HandFreeze)
    case thawed(by: String)
    /// Stops that the guard held were let go.
    case approved([NamedNotebook], by: String)
    /// The policy was read anew; which one it is stands among the policies.
    case reloaded(by: String)

    /// A notebook as people find it again when it is gone.
    package struct NamedNotebook: Hashable, Sendable {
        package var id: NotebookID
        package var name: String

        package init(_ notebook: Notebook) {
            (id, name) = (notebook.id, notebook.name)
        }
    }
}

/// That the guard against too many stops has frozen them, and what it saw.
package struct GuardFreeze: Hashable, Sendable {
    package var due: Int
    package var limit: Int
    package var since: Timestamp

    package init(due: Int, limit: Int, since: Timestamp) {
        (self.due, self.limit, self.since) = (due, limit, since)
    }
}
