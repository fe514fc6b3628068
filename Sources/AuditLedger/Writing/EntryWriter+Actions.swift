// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import GRDB

extension EntryWriter {
    /// Keeps what is about to be done; of the notebook only what names it, never its address or token.
    func intent(_ number: Int, _ notebook: Notebook, _ decision: Decision, at: Timestamp) throws {
        var duration: Int64?
        var kind: String?
        if case .prolong(let span, let lease) = decision.action {
            duration = span.wholeMilliseconds
            kind = lease.description
        }
        try run(
            """
            INSERT INTO actions (
                daemon, number, notebook, name, owner, owner_id, action, lease_duration, lease_type, rule, reasons,
                activity, deadline, decided_at
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            [
                daemon, number, notebook.id.text, notebook.name, notebook.owner.name, notebook.owner.id,
                decision.action.name, duration, kind, decision.rule, try ReasonText.json(decision.reasons),
                try decision.activity.map(ActivityText.json), decision.deadline?.milliseconds, at.milliseconds,
            ]
        )
    }

    /// Completes an intent of this daemon; one that could not be recorded has nothing to complete.
    func outcome(
        _ number: Int,
        _ outcome: ActionAttempt.Outcome,
        _ calls: ActionAttempt.Calls?,
        at: Timestamp
    ) throws {
        try run(
            """
            UPDATE actions SET outcome = ?, detail = ?, ended_at = ?, sent_at = ?, sendings = ?
            WHERE daemon = ? AND number = ? AND outcome IS NULL
            """,
            [
                outcome.word, try outcome.detail, at.milliseconds, calls?.lastAt?.milliseconds, calls?.count, daemon,
                number,
            ]
        )
    }

    /// Completes an intent of an earlier daemon.
    func resolved(_ intent: OpenIntent, _ resolution: OpenIntent.Resolution, at: Timestamp) throws {
        try run(
            """
            UPDATE actions SET outcome = ?, ended_at = ?
            WHERE id = ? AND notebook = ? AND daemon <> ? AND outcome IS NULL
            """,
            [resolution.word, at.milliseconds, intent.id, intent.notebook.text, daemon]
        )
    }
}

extension ActionAttempt.Outcome {
    fileprivate var word: String {
        switch self {
        case .confirmed: "confirmed"
        case .overtaken: "overtaken"
        case .gone: "gone"
        case .abandoned: "abandoned"
        }
    }

    fileprivate var detail: String? {
        get throws {
            switch self {
            case .confirmed, .gone: nil
            case .overtaken(let reasons): try ReasonText.json(reasons)
            case .abandoned(let why): why
            }
        }
    }
}

extension OpenIntent.Resolution {
    fileprivate var word: String {
        switch self {
        case .happened: "found-happened"
        case .notHappened: "found-not-happened"
        case .gone: "found-gone"
        }
    }
}
