// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Warns of what is legal but surely not meant, once every part of the policy is known to be good.
struct CrossCheck {
    let sink: DiagnosticSink
    let sources: EvidenceSources
    /// Where `marks` is defined; nil when it is not.
    let marks: Place?
    let rules: [PlacedRule]

    func run() {
        warnOfShadowedRules()
        warnOfUnusedSources()
        warnOfMarks()
    }

    private func warnOfShadowedRules() {
        for (index, later) in rules.enumerated() {
            let shadow = rules[..<index].first { earlier in
                alwaysDecides(earlier.rule.outcome) && later.rule.match.implies(earlier.rule.match)
            }
            guard let shadow else { continue }
            let place = "\(shadow.place.line):\(shadow.place.column)"
            sink.warning(
                later.place,
                "the rule \(Quoted.value(later.rule.name)) can never match: \(Quoted.value(shadow.rule.name)) at \(place) "
                    + "matches all of its notebooks first"
            )
        }
    }

    /// A `keepAlive` with an end lets later rules decide from then on.
    private func alwaysDecides(_ outcome: Outcome) -> Bool {
        if case .keepAlive(let terms) = outcome { terms.until == nil } else { true }
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

    private func warnOfMarks() {
        let users = rules.filter { $0.rule.match.asksForMarks }
        if let marks, users.isEmpty {
            sink.warning(marks, "no rule asks for `marked`, so marks on notebooks have no effect")
        }
        guard marks == nil else { return }
        for user in users {
            sink.warning(
                user.place,
                "the rule \(Quoted.value(user.rule.name)) asks for `marked`, but there is no `marks`; only notebooks kept "
                    + "alive with `curfew keep` are marked"
            )
        }
    }
}
