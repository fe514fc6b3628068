// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension LedgerSchema {
    /// What was seen of the notebooks, so that another policy can be tried on it.
    static let observations = """
        CREATE TABLE profiles ( -- what rules match a notebook by, but for its status and its lease
            id INTEGER PRIMARY KEY,
            profile TEXT NOT NULL -- JSON: name, owner, flavor, tags and so on
        ) STRICT;

        CREATE TABLE notebooks ( -- what each notebook was: one row per change
            notebook TEXT NOT NULL,
            daemon INTEGER NOT NULL REFERENCES daemons, -- the last one that saw it so
            since INTEGER NOT NULL,
            until INTEGER, -- NULL while it stands
            profile INTEGER NOT NULL REFERENCES profiles,
            status TEXT NOT NULL,
            lease_enabled INTEGER, -- NULL where the cloud did not tell the lease
            lease_type TEXT,
            lease_created_at INTEGER,
            lease_duration INTEGER, -- in milliseconds, counted from lease_created_at
            lease_updated_at INTEGER,
            updated_at INTEGER, -- when the cloud last changed its record
            UNIQUE (notebook, since)
        ) STRICT;
        CREATE UNIQUE INDEX notebooks_standing ON notebooks (notebook) WHERE until IS NULL;
        CREATE INDEX notebooks_until ON notebooks (until) WHERE until IS NOT NULL;
        CREATE INDEX notebooks_of_profile ON notebooks (profile);
        CREATE INDEX notebooks_of_daemon ON notebooks (daemon);

        CREATE TABLE subjects ( -- what looks are taken at: one source of evidence of one notebook
            id INTEGER PRIMARY KEY,
            notebook TEXT NOT NULL,
            source TEXT NOT NULL,
            UNIQUE (notebook, source)
        ) STRICT;

        CREATE TABLE looks ( -- what they said; looks in a row that say the same are one row
            subject INTEGER NOT NULL REFERENCES subjects,
            first_at INTEGER NOT NULL, -- the first of these looks
            last_at INTEGER NOT NULL, -- the last of them
            state TEXT NOT NULL, -- active, idle, unknown
            idle_since INTEGER, -- idle: the last activity
            server_began_at INTEGER, -- when the notebook's own server says that it started
            detail TEXT, -- active, unknown: what the last of them saw
            UNIQUE (subject, first_at)
        ) STRICT;
        CREATE INDEX looks_last ON looks (last_at);
        """
}
