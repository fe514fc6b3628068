// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A keep-alive mark or grant that holds, as people are told of it.
package struct MarkInForce: Hashable, Sendable {
    package var origin: Origin
    package var until: Timestamp
    /// Why, where an operator said so.
    package var reason: String?

    /// Where it comes from.
    package enum Origin: Hashable, Sendable {
        case tag
        case description
        /// Granted by the operator of that name.
        case grant(by: String)
    }

    /// The mark or the grant of the notebook that holds longest at `now`; nil when none holds.
    package init?(_ record: borrowing NotebookRecord, marks: borrowing MarkSettings?, now: Timestamp) {
        // Most notebooks have neither, and everything below takes far longer than to see that.
        guard record.hasMarkOrGrant else { return nil }
        let all = [Self.mark(record, marks), Self.grant(record, marks)]
        guard let last = all.compactMap({ $0 }).max(by: { $0.until < $1.until }), now < last.until else { return nil }
        self = last
    }

    private init(_ origin: Origin, until: Timestamp, reason: String? = nil) {
        self.origin = origin
        self.until = until
        self.reason = reason
    }

    private static func mark(_ record: NotebookRecord, _ marks: MarkSettings?) -> MarkInForce? {
        guard let marks, let mark = record.mark, let end = marks.holdsUntil(mark) else { return nil }
        return MarkInForce(marks.isTag(on: record.notebook) ? .tag : .description, until: end)
    }

    private static func grant(_ record: NotebookRecord, _ marks: MarkSettings?) -> MarkInForce? {
        guard let grant = record.grant else { return nil }
        let longest = marks?.longest ?? MarkSettings().longest
        return MarkInForce(.grant(by: grant.by), until: grant.holdsUntil(longest: longest), reason: grant.reason)
    }
}

extension MarkInForce.Origin {
    /// The origin's name in JSON and in the ledger.
    package var name: String {
        switch self {
        case .tag: "tag"
        case .description: "description"
        case .grant: "grant"
        }
    }
}

extension MarkInForce: CustomStringConvertible {
    package var description: String {
        let lead =
            switch origin {
            case .tag: "its tag asks for keep-alive"
            case .description: "its description asks for keep-alive"
            case .grant(let by): "\(by) granted keep-alive"
            }
        return "\(lead), holding until \(until)" + (reason.map { " (\($0))" } ?? "")
    }
}
