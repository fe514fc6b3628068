// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore
internal import FoundationEssentials

/// What the rules need to know of the rest of the policy.
struct RuleContext {
    let sink: DiagnosticSink
    let now: Timestamp
    /// Nil after an error in `timeZone`; then nothing is said about dates.
    let zone: TimeZone?
    let pollEvery: Written<Duration>
    let calendars: CalendarTable
    let sources: EvidenceSources
    let defaults: PolicyDefaults
    let terms: LeaseTermsReader
    /// Whether the policy says what running costs.
    let hasPrices: Bool
}

/// A rule with its place in the file.
struct PlacedRule {
    let rule: Rule
    let place: Place
}

/// Reads `rules`.
struct RulesSection {
    let context: RuleContext

    private var sink: DiagnosticSink { context.sink }

    func read(_ policy: MappingReader) -> [PlacedRule] {
        guard let entry = policy.entry("rules"), !entry.value.isNull else {
            warnOfNone(policy.entry("rules")?.keyPlace ?? policy.place)
            return []
        }
        guard case .sequence(let items) = entry.value.content else {
            sink.error(
                entry.value.place,
                "`rules` must be a list of rules, each beginning with `- name: …`, not \(entry.value.kind)"
            )
            return []
        }
        if items.isEmpty { warnOfNone(entry.value.place) }
        var names: [String: Place] = [:]
        return items.compactMap { read($0, &names) }
    }

    private func read(_ node: DocumentNode, _ names: inout [String: Place]) -> PlacedRule? {
        guard let reader = MappingReader(node, .rule, sink) else { return nil }
        let name = reader.requiredText("name")
        if let name {
            if let first = names[name.value] {
                sink.error(
                    name.place,
                    "a rule named \(Quoted.value(name.value)) is there already, at \(first.line):\(first.column); names tell "
                        + "rules apart in decisions and in the history"
                )
            }
            names[name.value] = names[name.value] ?? name.place
        }
        let match =
            reader.entry("match").map {
                MatchSection(sink: sink, calendars: context.calendars, hasPrices: context.hasPrices).read(optional: $0)
            }
            ?? Selector()
        let outcome = OutcomeSection(context: context).read(reader)
        guard let name, let match, let outcome else { return nil }
        return PlacedRule(rule: Rule(name: name.value, match: match, outcome: outcome), place: reader.place)
    }

    private func warnOfNone(_ place: Place) {
        sink.warning(place, "there are no rules, so every notebook is left alone")
    }
}
