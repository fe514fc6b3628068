// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension LedgerSchema {
    /// What people did to the daemon, and the freezes that outlast it.
    static let acts = """
        CREATE TABLE acts ( -- what people did to the daemon: one row per act, or per notebook that it was about
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            daemon INTEGER NOT NULL REFERENCES daemons,
            number INTEGER NOT NULL, -- tells the acts of one daemon apart; approve may have many rows of one number
            at INTEGER NOT NULL,
            operator TEXT NOT NULL, -- user name
            act TEXT NOT NULL, -- keep, release, freeze, thaw, approve
            notebook TEXT, -- keep, release, approve; NULL where the act is about the whole fleet
            name TEXT, -- of that notebook
            until INTEGER, -- keep: what was asked for
            reason TEXT
        ) STRICT;
        CREATE UNIQUE INDEX acts_once ON acts (daemon, number, ifnull(notebook, ''));
        CREATE INDEX acts_at ON acts (at);
        CREATE INDEX acts_of_notebook ON acts (notebook, at) WHERE notebook IS NOT NULL;

        CREATE TABLE freezes ( -- when all stops were held until a person let them go; no restart ends that
            kind TEXT NOT NULL, -- hand: a person holds them; guard: more were due than the guard allows
            since INTEGER NOT NULL,
            operator TEXT, -- hand: user name
            reason TEXT, -- hand
            due INTEGER, -- guard: how many were due
            allowed INTEGER, -- guard: how many it lets go
            ended_at INTEGER, -- NULL while it lasts
            UNIQUE (kind, since)
        ) STRICT;
        CREATE UNIQUE INDEX freezes_standing ON freezes (kind) WHERE ended_at IS NULL;
        CREATE INDEX freezes_ended ON freezes (ended_at) WHERE ended_at IS NOT NULL;
        """
}
