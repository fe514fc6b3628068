// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What usage is summed by: to whom and to what a stretch of running belongs.
package struct RunTraits: Hashable, Sendable {
    package var owner: Notebook.Owner
    package var flavor: String?
    package var workspace: String?

    package init(owner: Notebook.Owner = Notebook.Owner(), flavor: String? = nil, workspace: String? = nil) {
        (self.owner, self.flavor, self.workspace) = (owner, flavor, workspace)
    }

    package init(_ notebook: Notebook) {
        self.init(owner: notebook.owner, flavor: notebook.flavor, workspace: notebook.workspaceID)
    }

    /// These traits, as far as `newer` does not know better: a reply that leaves one out takes nothing back.
    package func updated(by newer: RunTraits) -> RunTraits {
        RunTraits(
            owner: Notebook.Owner(name: newer.owner.name ?? owner.name, id: newer.owner.id ?? owner.id),
            flavor: newer.flavor ?? flavor,
            workspace: newer.workspace ?? workspace
        )
    }
}

/// One group of notebooks that share a budget.
package struct UsageGroup: Hashable, Sendable {
    package let per: UsageBudget.Grouping
    /// What tells the group apart: a user id (a name where there is no id), a flavor, a workspace or a notebook.
    package let key: String

    package init(per: UsageBudget.Grouping, key: String) {
        (self.per, self.key) = (per, key)
    }
}

extension RunTraits {
    /// The group that a run of `notebook` counts for; nil where nobody told.
    package func group(_ per: UsageBudget.Grouping, of notebook: NotebookID) -> UsageGroup? {
        let key: String? =
            switch per {
            case .owner: owner.id ?? owner.name
            case .flavor: flavor
            case .workspace: workspace
            case .notebook: notebook.text
            }
        return key.map { UsageGroup(per: per, key: $0) }
    }
}
