// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

/// 2026-11-20T12:00:00Z, a Friday far from any change of clocks; simulations begin here.
let noon = Timestamp(milliseconds: 1_795_176_000_000)

extension Duration {
    static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
    static func hours(_ count: Int) -> Duration { .seconds(count * 3_600) }
    static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}

extension Timestamp {
    /// Later than anything in a simulation.
    static let far = noon + .days(10_000)
}

/// Policies and parts of them, ordinary but for what a test is about.
enum Sample {
    static let jupyter = EvidenceName("jupyter")
    static let accelerator = EvidenceName("accelerator")
    static let shell = EvidenceName("shell")
    static let marks = MarkSettings(tag: "keep-alive", description: "keep-alive", longest: .days(14))

    static func policy(
        _ outcomes: Outcome...,
        mode: Policy.Mode = .enforce,
        marks: MarkSettings? = nil,
        guards: GuardSettings = GuardSettings(),
        pollEvery: Duration = .seconds(60)
    ) -> Policy {
        let rules = outcomes.enumerated().map { Rule(name: "rule \($0 + 1)", outcome: $1) }
        return policy(rules: rules, mode: mode, marks: marks, guards: guards, pollEvery: pollEvery)
    }

    static func policy(
        rules: [Rule],
        mode: Policy.Mode = .enforce,
        marks: MarkSettings? = nil,
        guards: GuardSettings = GuardSettings(),
        pollEvery: Duration = .seconds(60)
    ) -> Policy {
        Policy(
            mode: mode,
            service: ServiceSettings(
                endpoint: "https://modelarts.example.com",
                projectID: "p",
                pollEvery: pollEvery
            ),
            evidence: [EvidenceSource(name: jupyter, kind: .jupyter(JupyterSettings()))],
            marks: marks,
            rules: rules,
            guards: guards
        )
    }

    static func idle(
        _ budget: Duration = .hours(1),
        sources: [EvidenceRequirement.Use] = [EvidenceRequirement.Use(source: jupyter)],
        atLeast: Int = 1,
        warn: Duration? = nil,
        whileActive: IdleBudget.WhileActive = .leave
    ) -> Outcome {
        .idle(
            IdleBudget(
                budget: budget,
                evidence: EvidenceRequirement(sources: sources, atLeast: atLeast),
                warn: warn,
                whileActive: whileActive
            )
        )
    }

    /// A rule for the notebooks whose names begin so.
    static func rule(_ prefix: String, _ outcome: Outcome, _ more: [Selector.Condition] = []) -> Rule {
        let globs = [try? Glob("\(prefix)-*")].compactMap(\.self)
        return Rule(name: prefix, match: Selector([.name(globs)] + more), outcome: outcome)
    }

    static func failure(_ kind: ServiceFailure.Kind = .transient) -> ServiceFailure {
        ServiceFailure(kind, doing: "asking the cloud", explanation: "it did not work", status: 503)
    }
}
