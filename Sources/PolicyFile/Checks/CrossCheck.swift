// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Warns of what is legal but surely not meant, once every part of the policy is known to be good.
struct CrossCheck {
    let sink: DiagnosticSink
    let calendars: CalendarTable
    let sources: EvidenceSources
    /// Where `marks` is defined; nil when it is not.
    let marksPlace: Place?
    let marks: MarkSettings?
    let rules: [PlacedRule]

    func run() {
        warnOfRulesOutOfReach()
        warnOfUnusedSources()
        warnOfUnusedCalendars()
        warnOfMarks()
    }

    private func warnOfRulesOutOfReach() {
        var reach = RuleReach(rules, marks: marks, sink.effort)
        for (index, rule) in rules.enumerated() {
            guard let obstacle = reach.obstacle(at: index) else { continue }
            sink.warning(
                rule.place,
                "the rule \(Quoted.value(rule.rule.name)) can never match: \(obstacle.description)"
            )
        }
    }

    private func warnOfUnusedSources() {
        var used: Set<String> = []
        for rule in rules {
            if case .idle(let terms) = rule.rule.outcome { used.formUnion(terms.evidence.sources.map(\.source.text)) }
        }
        for (name, place) in sources.names where !used.contains(name) {
            sink.warning(place, "no rule uses the source of evidence \(Quoted.value(name))")
        }
    }

    private func warnOfUnusedCalendars() {
        for (name, place) in calendars.unused {
            sink.warning(place, "no rule uses the calendar \(Quoted.value(name))")
        }
    }

    private func warnOfMarks() {
        let users = rules.filter { $0.rule.match.asksForMarks }
        if let marksPlace, users.isEmpty {
            sink.warning(marksPlace, "no rule asks for `marked`, so marks on notebooks have no effect")
        }
        guard marksPlace == nil else { return }
        for user in users {
            sink.warning(
                user.place,
                "the rule \(Quoted.value(user.rule.name)) asks for `marked`, but there is no `marks`; only notebooks kept "
                    + "alive with `curfew keep` are marked"
            )
        }
    }
}
