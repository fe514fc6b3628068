// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import PolicyFile
import Testing

/// The instant at which the tests load policies: 2026-11-21T08:00:00Z.
let loadingTime = Timestamp(milliseconds: 1_795_248_000_000)

extension PolicyLoad {
    /// The diagnostics without the file's name, as fixtures write them.
    var lines: [String] { diagnostics.map { String($0.description.dropFirst($0.file.utf8.count + 1)) } }
}

/// Loads a text as `policy.yaml`, beside the calendar files of the fixtures and those that the documentation names.
func load(_ text: String) -> PolicyLoad {
    var files = Fixture.calendars
    files["holidays.ics"] = files["google-holidays.ics"]
    files["shutdown.ics"] = files["outlook.ics"]
    return PolicyLoader().load(text: text, file: "policy.yaml", now: loadingTime, files: files)
}

/// The policy of a text that must have no error.
func policy(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Policy {
    let load = load(text)
    return try #require(load.policy, "\(load.lines.joined(separator: "\n"))", sourceLocation: sourceLocation)
}

/// A policy whose only rule is `rule`, written in flow style.
func policyText(rule: String = "{name: a, match: {name: a}, exempt: true}", top: String = "", service: String = "")
    -> String
{
    """
    version: 1
    service: {kind: modelarts, region: eu-de, projectID: p\(service.isEmpty ? "" : ", " + service)}
    evidence: {jupyter: {kind: jupyter}}
    rules: [\(rule), {name: last, idle: {budget: 1h}}]
    \(top)
    """
}
