// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// How a person names a notebook: by its id, by the beginning of one, or by its name.
///
/// An exact id decides. Else an exact name does, and else the beginning of an id; two notebooks that fit equally well
/// are never guessed between, because the name may be meant for a stop.
package struct NotebookReference: Sendable, Equatable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// Why a name stands for no single notebook.
    package enum Unresolved: Error, Equatable, Sendable {
        /// No notebook has such an id or name.
        case unknown(String)
        /// Several fit; these are the first of them by name, at most `candidateLimit`.
        case ambiguous(String, [NotebookName], count: Int)
    }

    /// So many candidates of an ambiguous name are listed.
    package static let candidateLimit = 20

    /// The notebook that is meant among these, each of which has an id of its own; throws when there is not just one.
    package func resolve(among notebooks: some Sequence<NotebookName>) throws(Unresolved) -> NotebookID {
        var named: [NotebookName] = []
        var begun: [NotebookName] = []
        guard !text.isEmpty else { throw .unknown(text) }
        for notebook in notebooks {
            if notebook.id == text { return NotebookID(text) }
            if notebook.name == text { named.append(notebook) }
            if notebook.id.hasPrefix(text) { begun.append(notebook) }
        }
        let fitting = named.isEmpty ? begun : named
        guard let first = fitting.first else { throw .unknown(text) }
        guard fitting.count == 1 else {
            let sorted = fitting.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
            throw .ambiguous(text, Array(sorted.prefix(Self.candidateLimit)), count: fitting.count)
        }
        return NotebookID(first.id)
    }
}

extension NotebookReference.Unresolved: CustomStringConvertible {
    /// What is wrong and what to do next, the same wherever notebooks are looked for.
    package var description: String {
        switch self {
        case .unknown(let text):
            "no notebook with the id or the name \"\(text)\" is known: `curfew status` lists those that there are, "
                + "`curfew history` those to which something was done; a new one is seen with the next listing"
        case .ambiguous(let text, _, let count): "\"\(text)\" may mean \(count) notebooks: give more of the id"
        }
    }
}

/// What a notebook is called, as lists for people and for completions carry it.
package struct NotebookName: Codable, Equatable, Hashable, Sendable {
    package let id: String
    package let name: String
    @ExplicitNull package var owner: String?

    package init(id: String, name: String, owner: String?) {
        self.id = id
        self.name = name
        self.owner = owner
    }

    /// The name of this notebook.
    package init(_ notebook: Notebook) {
        self.init(id: notebook.id.text, name: notebook.name, owner: notebook.owner.name ?? notebook.owner.id)
    }
}
