// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation

/// The parameters of an address, each at most once.
struct Query: Equatable {
    private var values: [String: String] = [:]

    /// Reads `name=value&…`, with `%XX` and `+` for a space; only known names may stand there.
    init(_ text: Substring, known: Set<String>) throws(ControlProblem) {
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard
                let name = pair.first.flatMap(Self.decoded),
                let value = Self.decoded(pair.count > 1 ? pair[1] : "")
            else { throw .badRequest("the address has an escape that is no text in UTF-8") }
            guard known.contains(name) else {
                let all = known.isEmpty ? "it takes none" : "it takes \(known.sorted().joined(separator: ", "))"
                throw .badRequest("unknown parameter \"\(name.prefix(64))\": \(all)")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw .badRequest("the parameter \(name) may be there once only")
            }
        }
    }

    /// A parameter of at most 256 characters; nil when it is not there.
    func text(_ name: String) throws(ControlProblem) -> String? {
        guard let value = values[name] else { return nil }
        guard value.unicodeScalars.count <= 256 else { throw .badRequest("\(name) has at most 256 characters") }
        return value
    }

    /// A parameter that is one of some words.
    func choice(_ name: String, of words: [String]) throws(ControlProblem) -> String? {
        guard let value = values[name] else { return nil }
        guard words.contains(value) else { throw .badRequest("\(name) is one of \(words.joined(separator: ", "))") }
        return value
    }

    /// An instant as RFC 3339 writes it.
    func instant(_ name: String) throws(ControlProblem) -> Timestamp? {
        guard let value = values[name] else { return nil }
        guard let instant = Timestamp(rfc3339: value) else {
            throw .badRequest("\(name) is an instant such as 2026-12-01T08:00:00Z")
        }
        return instant
    }

    /// A whole number within a range.
    func number(_ name: String, in range: ClosedRange<Int>) throws(ControlProblem) -> Int? {
        guard let value = values[name] else { return nil }
        guard let number = Int(value), range.contains(number) else {
            throw .badRequest("\(name) is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

/// What the endpoints make of their parameters.
extension Query {
    var statusFilter: StatusFilter {
        get throws(ControlProblem) {
            StatusFilter(
                owner: try text("owner"),
                action: try choice("action", of: ["leave", "prolong", "stop", "warn"]),
                rule: try text("rule"),
                isTable: try choice("form", of: ["full", "table"]) == "table"
            )
        }
    }

    var history: HistoryQuery {
        get throws(ControlProblem) {
            HistoryQuery(
                notebook: try text("notebook"),
                since: try instant("since"),
                limit: try number("limit", in: 1...10_000) ?? 100
            )
        }
    }

    var report: ReportQuery {
        get throws(ControlProblem) {
            let query = ReportQuery(since: try instant("since"), until: try instant("until"))
            if let since = query.since, let until = query.until, since > until {
                throw ControlProblem(.unprocessable, code: "no-time", "since must not be after until")
            }
            return query
        }
    }

    /// Undoes the escapes (RFC 3986, section 2.1); nil when one is broken or the bytes are no UTF-8.
    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }
}
