// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import GRDB

/// Reads what was done, never more than asked for, within one transaction.
struct ActionReading {
    let db: Database
    let span: Span
    /// At most so many, of all sources together.
    let limit: Int
    /// Of one notebook alone, without what concerns all; nil for everything.
    let notebook: NotebookID?

    /// Which of them come first when there are more than asked for.
    enum Span {
        /// The newest that were decided at an instant or after it, newest first.
        case since(Timestamp)
        /// The last that were decided before an instant or at it, newest first.
        case until(Timestamp)
        /// The first that were decided after an instant, oldest first.
        case after(Timestamp)
    }

    func actions() throws -> [RecordedAction] {
        let all = try attempts() + warnings() + acts()
        let sorted = all.sorted { span.isNewestFirst ? $0.decidedAt > $1.decidedAt : $0.decidedAt < $1.decidedAt }
        return Array(sorted.prefix(limit))
    }

    private func attempts() throws -> [RecordedAction] {
        try read(
            """
            SELECT notebook, name, ifnull(owner, owner_id) AS owner, action, rule, reasons, outcome, detail, decided_at,
                sent_at, ended_at, sendings, lease_duration
            FROM actions WHERE \(attemptCondition) LIMIT ?2
            """
        ) { row in
            guard let kind = RecordedAction.Kind(rawValue: row["action"]) else { return nil }
            let outcome = row["outcome"] as String?
            guard let state = outcome.map(RecordedAction.State.init(rawValue:)) ?? .open else { return nil }
            return RecordedAction(
                kind,
                notebook: Self.subject(row),
                rule: row["rule"],
                reasons: Self.grounds(row["reasons"]),
                state: state,
                decidedAt: Timestamp(milliseconds: row["decided_at"]),
                sentAt: (row["sent_at"] as Int64?).map { Timestamp(milliseconds: $0) },
                endedAt: (row["ended_at"] as Int64?).map { Timestamp(milliseconds: $0) },
                sendings: row["sendings"],
                detail: Self.detail(row["detail"], state, leaseDuration: row["lease_duration"])
            )
        }
    }

    private var attemptCondition: String {
        if notebook == nil, case .since = span {
            // Without a notebook there is no index by time of decision, but rows come in about that order, and the end of
            // each is indexed: no row before the first that ended in time, or is open, can be meant.
            return """
                id >= ifnull(min(
                    ifnull((SELECT min(id) FROM actions WHERE ended_at >= ?1), 9223372036854775807),
                    ifnull((SELECT min(id) FROM actions WHERE outcome IS NULL), 9223372036854775807)
                ), 0) AND decided_at >= ?1 ORDER BY id DESC
                """
        }
        return "\(condition("decided_at")), id \(span.order)"
    }

    /// What is meant, by the column of its instant, in order.
    private func condition(_ column: String) -> String {
        let ofNotebook = notebook == nil ? "" : "AND notebook = ?3"
        return "\(column) \(span.comparison) ?1 \(ofNotebook) ORDER BY \(column) \(span.order)"
    }

    private func warnings() throws -> [RecordedAction] {
        try read(
            """
            SELECT notebook, name, NULL AS owner, rule, at, stop_at FROM warnings WHERE \(condition("at")) LIMIT ?2
            """
        ) { row in
            let at = Timestamp(milliseconds: row["at"])
            return RecordedAction(
                .warn,
                notebook: Self.subject(row),
                rule: row["rule"],
                state: .done,
                decidedAt: at,
                endedAt: at,
                detail: "to be stopped at \(Timestamp(milliseconds: row["stop_at"])) unless it is used"
            )
        }
    }

    private func acts() throws -> [RecordedAction] {
        try read(
            """
            SELECT notebook, name, NULL AS owner, act, at, operator, until, reason FROM acts
            WHERE \(condition("at")), id \(span.order) LIMIT ?2
            """
        ) { row in
            guard let kind = RecordedAction.Kind(rawValue: row["act"]) else { return nil }
            let at = Timestamp(milliseconds: row["at"])
            let until = (row["until"] as Int64?).map { "until \(Timestamp(milliseconds: $0))" }
            let parts = [until, row["reason"] as String?].compactMap(\.self)
            return RecordedAction(
                kind,
                notebook: row["notebook"] as String? == nil ? nil : Self.subject(row),
                state: .done,
                decidedAt: at,
                endedAt: at,
                detail: parts.isEmpty ? nil : parts.joined(separator: ": "),
                person: row["operator"]
            )
        }
    }

    private func read(_ sql: String, _ action: (Row) -> RecordedAction?) throws -> [RecordedAction] {
        var arguments: StatementArguments = [span.instant.milliseconds, limit]
        if let notebook { arguments += [notebook.text] }
        let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
        var actions: [RecordedAction] = []
        while let row = try rows.next() {
            if let action = action(row) { actions.append(action) }
        }
        return actions
    }

    private static func subject(_ row: Row) -> RecordedAction.Subject {
        let id = NotebookID(row["notebook"])
        return RecordedAction.Subject(id: id, name: row["name"] ?? id.text, owner: row["owner"])
    }

    private static func grounds(_ json: String) -> [RecordedAction.Ground] {
        // What cannot be read is no reason to hide the action.
        (try? JSONDecoder().decode([RecordedAction.Ground].self, from: Data(json.utf8))) ?? []
    }

    private static func detail(
        _ detail: String?,
        _ state: RecordedAction.State,
        leaseDuration: Int64?
    ) -> String? {
        if state == .overtaken, let detail { return grounds(detail).map(\.text).joined(separator: "; ") }
        return detail ?? leaseDuration.map { "the lease lasts \(Duration.milliseconds($0).spanText) from then on" }
    }
}

extension ActionReading.Span {
    fileprivate var instant: Timestamp {
        switch self {
        case .since(let instant), .until(let instant), .after(let instant): instant
        }
    }

    fileprivate var comparison: String {
        switch self {
        case .since: ">="
        case .until: "<="
        case .after: ">"
        }
    }

    fileprivate var isNewestFirst: Bool {
        switch self {
        case .since, .until: true
        case .after: false
        }
    }

    fileprivate var order: String { isNewestFirst ? "DESC" : "ASC" }
}
