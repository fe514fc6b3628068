// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What the rules of a block ask of one field of a notebook.
///
/// A class, because a copy of its tables would take longer than most looks into them.
final class FieldIndex: Sendable {
    /// A field that does not change by the clock alone, and that globs are held against.
    enum Field: Hashable, Sendable {
        case id
        case name
        case owner
        case workspace
        case flavor
        case image
        case pool
        case feature
        case description
        case tag(String)
    }

    let field: Field
    /// Rules with any condition on the field.
    let asking: RuleSet
    /// Rules that want the field to fit one of their globs.
    private let wanting: RuleSet
    private let table: GlobTable

    init(_ field: Field, _ conditions: [(place: Int, globs: [Glob], isWanted: Bool)]) {
        self.field = field
        table = GlobTable(conditions)
        var (asking, wanting) = (RuleSet.none, RuleSet.none)
        for condition in conditions {
            asking.insert(condition.place)
            if condition.isWanted { wanting.insert(condition.place) }
        }
        (self.asking, self.wanting) = (asking, wanting)
    }

    /// Takes the rules out of `candidates` that do not match for what the field holds.
    ///
    /// What the notebook does not carry rules nothing out: only the conditions themselves tell what becomes of them.
    func narrow(_ candidates: inout RuleBlock.Candidates, for notebook: borrowing Notebook) {
        switch field {
        case .id: narrow(&candidates, notebook.id.text)
        case .name: narrow(&candidates, notebook.name.isEmpty ? nil : notebook.name)
        case .owner: narrow(&candidates, notebook.owner.name, notebook.owner.id)
        case .workspace: narrow(&candidates, notebook.workspaceID)
        case .flavor: narrow(&candidates, notebook.flavor)
        case .image: narrow(&candidates, notebook.image?.name, notebook.image?.id)
        case .feature: narrow(&candidates, notebook.feature)
        case .pool:
            if let pool = notebook.pool {
                narrow(&candidates, pool.name, pool.id)
            } else {
                candidates.rules.subtract(wanting)
            }
        case .description:
            if let note = notebook.note { narrow(&candidates, note) } else { candidates.rules.subtract(wanting) }
        case .tag(let key):
            guard case .known(let tags) = notebook.tags else { return candidates.unsure.formUnion(asking) }
            if let value = tags[key] { narrow(&candidates, value) } else { candidates.rules.subtract(wanting) }
        }
    }

    @inline(__always)
    private func narrow(_ candidates: inout RuleBlock.Candidates, _ text: String?, _ other: String? = nil) {
        guard text != nil || other != nil else { return candidates.unsure.formUnion(asking) }
        var found = GlobTable.Hits()
        if let text { table.find(text, &found) }
        if let other { table.find(other, &found) }
        var missed = wanting
        missed.subtract(found.wanted)
        candidates.rules.subtract(missed)
        candidates.rules.subtract(found.unwanted)
    }
}
