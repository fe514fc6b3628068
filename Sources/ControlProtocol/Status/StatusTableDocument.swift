// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// The status in a form that is small and quick to read: what a table of notebooks shows, a line of text each.
///
/// Ten thousand notebooks as objects take a JSON decoder longer than a person wants to wait for a table.
package struct StatusTableDocument: Codable, Equatable, Sendable {
    package let head: StatusHead
    /// What the cells of a row are, in order.
    package let columns: [String]
    /// A line for each notebook, in the order of their ids.
    ///
    /// Its cells have U+007F between, the only control character that JSON need not escape: decoders read texts without
    /// escapes several times faster. An empty cell means that there is no value. Instants are milliseconds since 1970 in UTC.
    package let rows: [String]

    private enum CodingKeys: String, CodingKey { case columns, rows }

    package init(head: StatusHead, rows: [String]) {
        (self.head, self.rows) = (head, rows)
        columns = StatusTableRow.columns
    }

    package init(from decoder: any Decoder) throws {
        head = try StatusHead(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        columns = try container.decode([String].self, forKey: .columns)
        rows = try container.decode([String].self, forKey: .rows)
    }

    package func encode(to encoder: any Encoder) throws {
        try head.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(columns, forKey: .columns)
        try container.encode(rows, forKey: .rows)
    }
}

/// One notebook in a table of the status.
package struct StatusTableRow: Equatable, Sendable {
    package var id: String
    package var name: String
    package var owner: String?
    package var flavor: String?
    package var status: String
    /// `TIMING`, `IDLE`; nil when the lease cannot be read.
    package var leaseType: String?
    /// Nil when the lease cannot run out or cannot be read.
    package var leaseExpiresAt: Timestamp?
    /// `active`, `idle`, `unknown`; nil where the rule does not ask.
    package var activity: String?
    package var lastActivityAt: Timestamp?
    package var action: String
    package var rule: String?
    /// The first reason's code.
    package var code: String
    /// All reasons in words.
    package var reasons: String
    package var deadline: Timestamp?
    /// Until when a mark or grant keeps it.
    package var keptUntil: Timestamp?
    /// `stop` or `prolong` while that is under way.
    package var underWay: String?
    package var isStuck: Bool

    package static let columns = [
        "id", "name", "owner", "flavor", "status", "leaseType", "leaseExpiresAt", "activity", "lastActivityAt",
        "action",
        "rule", "code", "reasons", "deadline", "keptUntil", "underWay", "isStuck",
    ]

    private static let separator: UInt8 = 0x7F

    package init(_ decision: Decision, record: NotebookRecord, underWay: String?, isStuck: Bool) {
        let notebook = record.notebook
        (id, name, status) = (notebook.id.text, notebook.name, notebook.status.description)
        (owner, flavor) = (notebook.owner.name ?? notebook.owner.id, notebook.flavor)
        let lease = notebook.lease.lease
        (leaseType, leaseExpiresAt) = (lease?.kind.description, lease?.expiry)
        (activity, lastActivityAt) = (decision.activity?.stateName, decision.activity?.lastActivityAt)
        (action, rule, deadline) = (decision.action.name, decision.rule, decision.deadline)
        code = decision.reasons.first?.code ?? ""
        reasons = decision.reasons.map(\.description).joined(separator: "; ")
        keptUntil = decision.mark?.until
        (self.underWay, self.isStuck) = (underWay, isStuck)
    }

    /// Reads a row of a `StatusTableDocument`; nil when it has other cells than this program knows.
    package init?(_ line: String) {
        let cells = line.utf8.split(separator: Self.separator, omittingEmptySubsequences: false)
        guard cells.count == Self.columns.count else { return nil }
        var next = 0
        func text() -> String {
            next += 1
            return String(Substring(cells[next - 1]))
        }
        func optional() -> String? {
            let cell = text()
            return cell.isEmpty ? nil : cell
        }
        func instant() -> Timestamp? { Int64(text()).map(Timestamp.init(milliseconds:)) }
        (id, name, owner, flavor, status) = (text(), text(), optional(), optional(), text())
        (leaseType, leaseExpiresAt, activity, lastActivityAt) = (optional(), instant(), optional(), instant())
        (action, rule, code, reasons) = (text(), optional(), text(), text())
        (deadline, keptUntil, underWay, isStuck) = (instant(), instant(), optional(), text() == "true")
    }

    /// The row as a line.
    package var line: String {
        [
            id, name, owner, flavor, status, leaseType, leaseExpiresAt?.number, activity, lastActivityAt?.number,
            action,
            rule, code, reasons, deadline?.number, keptUntil?.number, underWay, isStuck ? "true" : "",
        ]
        .map { ($0 ?? "").inOneCell }
        .joined(separator: String(UnicodeScalar(Self.separator)))
    }
}

extension Timestamp {
    fileprivate var number: String { String(milliseconds) }
}

extension String {
    /// The text without what would end a cell or a line.
    fileprivate var inOneCell: String {
        guard utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return self }
        return String(decoding: utf8.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }
}
