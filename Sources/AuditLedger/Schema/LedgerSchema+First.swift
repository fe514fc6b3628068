// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension LedgerSchema {
    /// The first tables; the comments are kept in the file and shown by `.schema`.
    static let first = """
        CREATE TABLE daemons ( -- one row per run of the daemon
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            began_at INTEGER NOT NULL, -- this and every other instant: milliseconds since 1970, UTC
            last_alive_at INTEGER NOT NULL, -- when it last recorded anything
            last_listed_at INTEGER, -- its last complete listing; NULL before the first
            notebooks INTEGER, -- in that listing
            running INTEGER -- of these, RUNNING
        ) STRICT;

        CREATE TABLE policies ( -- which policy was in force from when on
            daemon INTEGER NOT NULL REFERENCES daemons ON DELETE CASCADE,
            at INTEGER NOT NULL,
            digest TEXT NOT NULL, -- of the file's bytes
            mode TEXT NOT NULL, -- observe, enforce
            PRIMARY KEY (daemon, at, digest, mode)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE actions ( -- one row per stop or renewal: written before anything is sent, completed afterwards
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            daemon INTEGER NOT NULL REFERENCES daemons,
            number INTEGER NOT NULL, -- tells the actions of one daemon apart
            notebook TEXT NOT NULL,
            name TEXT NOT NULL,
            owner TEXT,
            owner_id TEXT,
            action TEXT NOT NULL, -- stop, prolong
            lease_duration INTEGER, -- prolong: the remaining time to set, in milliseconds
            lease_type TEXT, -- prolong: TIMING, IDLE
            rule TEXT,
            reasons TEXT NOT NULL, -- JSON: [{"code": …, "text": …}]
            activity TEXT, -- JSON: what the evidence said; NULL where the rule asks for none
            deadline INTEGER,
            decided_at INTEGER NOT NULL,
            outcome TEXT, -- confirmed, overtaken, gone, abandoned; found-happened, found-not-happened, found-gone by a
                          -- later daemon; NULL while open
            detail TEXT, -- why it was overtaken or abandoned
            ended_at INTEGER, -- NULL while open
            UNIQUE (daemon, number)
        ) STRICT;
        CREATE INDEX actions_of_notebook ON actions (notebook, decided_at);
        CREATE INDEX actions_open ON actions (daemon) WHERE outcome IS NULL;
        CREATE INDEX actions_ended ON actions (ended_at) WHERE ended_at IS NOT NULL;
        CREATE INDEX actions_stop ON actions (ended_at) WHERE action = 'stop';

        CREATE TABLE runs ( -- one row per run of a notebook, from when to when it was RUNNING
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            daemon INTEGER NOT NULL REFERENCES daemons, -- the last one that saw it
            notebook TEXT NOT NULL,
            name TEXT NOT NULL,
            owner TEXT,
            owner_id TEXT,
            flavor TEXT,
            workspace TEXT,
            began_at INTEGER NOT NULL,
            start_seen INTEGER NOT NULL, -- 0: it may have been running before
            ended_at INTEGER, -- NULL while it runs
            end_noted_at INTEGER, -- later than ended_at where nobody knows when it ended, because no daemon was alive
            UNIQUE (notebook, began_at)
        ) STRICT;
        CREATE UNIQUE INDEX runs_open ON runs (notebook) WHERE ended_at IS NULL;
        CREATE INDEX runs_ended ON runs (ended_at) WHERE ended_at IS NOT NULL;
        CREATE INDEX runs_of_daemon ON runs (daemon);

        CREATE TABLE warnings ( -- announced stops
            notebook TEXT NOT NULL,
            at INTEGER NOT NULL,
            rule TEXT NOT NULL,
            name TEXT NOT NULL,
            stop_at INTEGER NOT NULL,
            UNIQUE (notebook, at, rule)
        ) STRICT;
        CREATE INDEX warnings_at ON warnings (at);

        CREATE TABLE marks ( -- keep-alive marks of notebooks' users
            notebook TEXT NOT NULL,
            text TEXT NOT NULL,
            first_seen_at INTEGER NOT NULL,
            daemon INTEGER NOT NULL REFERENCES daemons, -- the last one that saw it
            seen_at INTEGER NOT NULL, -- when that one first saw it; from then on it is seen with each of its listings
            lifted_at INTEGER, -- when it was seen to be gone; NULL while it stands
            UNIQUE (notebook, text, first_seen_at)
        ) STRICT;
        CREATE UNIQUE INDEX marks_standing ON marks (notebook) WHERE lifted_at IS NULL;
        CREATE INDEX marks_lifted ON marks (lifted_at) WHERE lifted_at IS NOT NULL;
        CREATE INDEX marks_of_daemon ON marks (daemon);

        CREATE TABLE restarts ( -- notebooks that something started again soon after they were stopped here
            notebook TEXT NOT NULL,
            at INTEGER NOT NULL,
            UNIQUE (notebook, at)
        ) STRICT;
        CREATE INDEX restarts_at ON restarts (at);

        CREATE TABLE holds ( -- when no stop went out, and why
            daemon INTEGER NOT NULL REFERENCES daemons,
            code TEXT NOT NULL, -- held-cold-start, held-outage, held-blind, held-too-many-stops
            began_at INTEGER NOT NULL,
            detail TEXT NOT NULL,
            ended_at INTEGER, -- NULL while it lasts
            UNIQUE (daemon, code, began_at)
        ) STRICT;
        CREATE UNIQUE INDEX holds_standing ON holds (daemon, code) WHERE ended_at IS NULL;
        CREATE INDEX holds_ended ON holds (ended_at) WHERE ended_at IS NOT NULL;
        """
}
