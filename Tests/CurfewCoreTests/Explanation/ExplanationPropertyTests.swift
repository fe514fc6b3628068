// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

/// What an explanation says is what the planner does, whatever the policy and the notebook.
@Suite(.timeLimit(.minutes(20)))
struct ExplanationPropertyTests {
    private static let ranges: [Range<UInt64>] = (0..<10).map { (index: UInt64) in index * 1_000..<index * 1_000 + 60 }

    @Test("I14: rule, action and reasons are those of the decision", arguments: ranges)
    func explainsTheDecision(seeds: Range<UInt64>) {
        for seed in seeds {
            let sample = RandomCase(seed: seed)
            var random = SeededGenerator(seed: seed &* 31)
            let now = sample.instant(&random)
            let hold = Hold.outage(since: noon)
            let explanation = Explanation(
                sample.record,
                policy: sample.policy,
                holds: [HoldInForce(hold)],
                now: now
            )
            let about: Comment = "seed \(seed) at \(now)"
            let decision = Planner.decide(sample.record, policy: sample.policy, now: now)
            #expect(explanation.decision == decision, about)
            let deciding = explanation.rules.filter { $0.result == .decides }.map(\.rule)
            let isRunning = sample.record.notebook.status.isRunning
            #expect(deciding == (isRunning ? [decision.rule].compactMap(\.self) : []), about)
            let plan = Planner.plan(
                World(records: [sample.record], holds: [hold]),
                policy: sample.policy,
                now: now
            )
            #expect((plan.decisions.first?.action == decision.action) == (explanation.holdInTheWay == nil), about)
            check(explanation.rules, about)
        }
    }

    @Test("each rule of a long policy about every field has a reason", arguments: ranges)
    func everyRuleIsExplained(seeds: Range<UInt64>) {
        for seed in seeds {
            var random = SeededGenerator(seed: seed)
            let rules = (0..<random.integer(0...12)).map { index in
                let until = random.chance(20) ? noon + .minutes(random.integer(-60...60)) : nil
                let match = RandomRules.selector(&random, atMost: random.integer(1...4))
                return Rule(name: "rule \(index)", match: match, outcome: .keepAlive(KeepAlive(until: until)))
            }
            let policy = Sample.policy(rules: rules, marks: random.chance(80) ? RandomRules.marks : nil)
            let record = Sample.record(RandomRules.notebook(&random), marks: policy.marks)
            let now = noon + .minutes(random.integer(0...400_000))
            let explanation = Explanation(record, policy: policy, now: now)
            let decision = Planner.decide(record, policy: policy, now: now)
            let about: Comment = "seed \(seed)"
            #expect(
                explanation.rules.filter { $0.result == .decides }.map(\.rule) == [decision.rule].compactMap(\.self),
                about
            )
            #expect(explanation.rules.map(\.rule) == rules.map(\.name), about)
            check(explanation.rules, about)
        }
    }

    /// Whatever does not match names the condition, in words.
    private func check(_ trials: [RuleTrial], _ about: Comment) {
        for trial in trials {
            switch trial.result {
            case .mismatch, .cannotTell:
                #expect(trial.obstacle.map { !$0.has.isEmpty && !$0.wants.isEmpty } == true, about)
            case .decides, .matchesToo, .expired:
                #expect(trial.conditions.allSatisfy { $0.verdict == .holds }, about)
            }
        }
    }

    @Test("nothing becomes of a notebook before the first change that is foreseen, and that does", arguments: ranges)
    func outlookIsTheFuture(seeds: Range<UInt64>) {
        for seed in seeds {
            let sample = RandomCase(seed: seed)
            var random = SeededGenerator(seed: seed &* 17)
            let now = sample.instant(&random)
            guard sample.record.observations.allSatisfy({ $0.observedAt <= now }) else { continue }
            let explanation = Explanation(sample.record, policy: sample.policy, now: now)
            guard explanation.decision.action == .leave else { continue }
            func decision(at instant: Timestamp) -> Decision {
                Planner.decide(sample.record.seen(at: instant), policy: sample.policy, now: instant)
            }
            let first = explanation.outlook.first
            let end = first?.at ?? now + sample.horizon
            for _ in 0..<4 where end > now + .milliseconds(1) {
                let span = Int((end - now).wholeMilliseconds)
                let later = now + .milliseconds(random.integer(1...span - 1))
                let then = decision(at: later)
                #expect(then.action == .leave, "seed \(seed), \(later): \(then.reasons)")
                #expect(then.rule == explanation.decision.rule, "seed \(seed), \(later)")
            }
            guard let first, !first.isLeaseEnd else { continue }
            #expect(decision(at: first.at).action == first.action, "seed \(seed)")
            #expect(decision(at: first.at).rule == first.rule, "seed \(seed)")
        }
    }

    @Test("I3: use now stops nothing within the budget, and no event makes a stop of what is kept", arguments: ranges)
    func alternativesKeepThePromises(seeds: Range<UInt64>) {
        for seed in seeds {
            let sample = RandomCase(seed: seed)
            var random = SeededGenerator(seed: seed &* 13)
            let explanation = Explanation(sample.record, policy: sample.policy, now: sample.instant(&random))
            for other in explanation.alternatives where other.event == .used {
                guard let terms = sample.policy.idleTerms(of: other.decision) else { continue }
                #expect(["leave", "prolong"].contains(other.decision.action.name), "seed \(seed)")
                for change in other.outlook where change.action == .stop && change.rule == other.decision.rule {
                    #expect(change.at >= explanation.now + terms.budget, "seed \(seed)")
                }
            }
        }
    }
}
