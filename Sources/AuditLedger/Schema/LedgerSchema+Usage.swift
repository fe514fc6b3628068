// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension LedgerSchema {
    /// That groups of notebooks were told to have used their share of a budget, so that no daemon tells it again.
    static let usage = """
        CREATE TABLE budget_warnings ( -- one row per warning that a budget is nearly spent
            budget TEXT NOT NULL, -- the budget in words
            grouping TEXT NOT NULL, -- owner, flavor, workspace, notebook
            member TEXT NOT NULL, -- a user id (a name where there is none), a flavor, a workspace, a notebook
            at INTEGER NOT NULL,
            figures TEXT NOT NULL, -- how much of what was used, in words
            UNIQUE (budget, grouping, member, at)
        ) STRICT;
        CREATE INDEX budget_warnings_at ON budget_warnings (at);
        """
}
