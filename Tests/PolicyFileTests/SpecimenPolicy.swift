// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import PolicyFile

/// A valid policy in which every section of the language occurs, and of which one key can be set, added or removed.
struct SpecimenPolicy {
    private var changes: [Section: [String: String?]] = [:]

    /// The keys that a section has to begin with; the names in `⟨⟩` stand for the sections themselves.
    private static let base: [Section: [(String, String)]] = [
        .policy: [
            ("version", "1"), ("service", "⟨service⟩"), ("calendars", "{office: ⟨calendars.NAME⟩}"),
            ("evidence", "{jupyter: ⟨evidence.NAME⟩}"),
            ("marks", "⟨marks⟩"),
            ("defaults", "⟨defaults⟩"), ("guards", "⟨guards⟩"), ("plausibility", "⟨plausibility⟩"),
            ("control", "⟨control⟩"),
            ("prices", "⟨prices⟩"),
            (
                "rules",
                "[⟨rule⟩, {name: kept, match: {marked: true}, keepAlive: ⟨keepAlive⟩}, {name: stopped, stop: ⟨stop⟩}]"
            ),
        ],
        .service: [
            ("kind", "modelarts"), ("region", "eu-de"), ("projectID", "p"), ("credentials", "⟨service.credentials⟩"),
        ],
        .credentials: [("kind", "password"), ("user", "u"), ("domain", "d")],
        .evidenceSource: [("kind", "jupyter")],
        .calendar: [("windows", "'Mon..Fri 08:00..18:00'")],
        .marks: [("tag", "keep-alive")],
        .defaults: [("idle", "⟨defaults.idle⟩"), ("lease", "⟨defaults.lease⟩")],
        .rule: [("name", "specimen"), ("match", "⟨match⟩"), ("idle", "⟨idle⟩")],
        .match: [("name", "x"), ("during", "[office]"), ("spent", "⟨match.spent⟩")],
        .spent: [("per", "owner"), ("within", "week"), ("hours", "40"), ("cost", "100")],
        .prices: [("currency", "EUR"), ("perHour", "[⟨prices.perHour⟩]")],
        .price: [("flavor", "'*'"), ("price", "0.12")],
        .idle: [("budget", "1h"), ("evidence", "[⟨idle.evidence⟩]")],
        .evidenceUse: [("source", "jupyter")],
        .guards: [("stops", "⟨guards.stops⟩"), ("blind", "⟨guards.blind⟩")],
    ]

    /// Sets a key to a value in flow style.
    func setting(_ key: String, _ value: String, in section: Section) -> SpecimenPolicy {
        var copy = self
        copy.changes[section, default: [:]][key] = .some(value)
        if section == .rule, ["keepAlive", "stop", "exempt"].contains(key) { copy = copy.removing("idle", in: .rule) }
        if section == .evidenceSource, ["command", "concurrency"].contains(key) {
            copy.changes[.evidenceSource]?["kind"] = .some("command")
            if key != "command" { copy.changes[.evidenceSource]?["command"] = .some("[/bin/true]") }
        }
        if section == .credentials, key == "metadataEndpoint" {
            copy.changes[.credentials]?["kind"] = .some("agency")
            copy = copy.removing("user", in: .credentials).removing("domain", in: .credentials)
        }
        let ofMetrics = ["endpoint", "query", "notebookLabel", "activeAbove", "lag", "user", "caFile"]
        if section == .evidenceSource, ofMetrics.contains(key) {
            var source = [
                "kind": "prometheus", "endpoint": "'https://a'", "query": "'x[{window}]'", "notebookLabel": "id",
            ]
            if key == "user" { source["auth"] = "basic" }
            for (name, text) in source where name != key { copy.changes[.evidenceSource]?[name] = .some(text) }
        }
        return copy
    }

    /// Removes a key.
    func removing(_ key: String, in section: Section) -> SpecimenPolicy {
        var copy = self
        copy.changes[section, default: [:]][key] = .some(nil)
        return copy
    }

    /// The policy as text.
    var text: String { render(.policy) }

    private func render(_ section: Section) -> String {
        var entries = Self.base[section] ?? []
        for (key, value) in (changes[section] ?? [:]).sorted(by: { $0.key < $1.key }) {
            let index = entries.firstIndex { $0.0 == key }
            switch (index, value) {
            case (let index?, let value?): entries[index].1 = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append((key, value))
            case (nil, nil): break
            }
        }
        let body = entries.map { "\($0.0): \(fill($0.1))" }.joined(separator: ", ")
        return "{\(body)}"
    }

    private func fill(_ value: String) -> String {
        var result = value
        for section in Section.allCases where result.contains("⟨\(section.rawValue)⟩") {
            let parts = result.split(separator: "⟨\(section.rawValue)⟩", omittingEmptySubsequences: false)
            result = parts.joined(separator: render(section))
        }
        return result
    }
}
