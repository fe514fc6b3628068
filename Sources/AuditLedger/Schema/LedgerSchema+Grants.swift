// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension LedgerSchema {
    static let grants = """
        CREATE TABLE grants ( -- keep-alive that operators granted
            notebook TEXT NOT NULL,
            granted_at INTEGER NOT NULL,
            until INTEGER NOT NULL,
            reason TEXT,
            operator TEXT NOT NULL, -- user name
            since INTEGER NOT NULL, -- when the first of an unbroken row of grants was given
            withdrawn_at INTEGER, -- NULL while nobody withdrew it
            withdrawn_by TEXT,
            UNIQUE (notebook, granted_at)
        ) STRICT;
        CREATE INDEX grants_end ON grants (min(ifnull(withdrawn_at, until), until));
        """
}
