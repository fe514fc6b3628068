// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

/// Promises that hold for every policy, notebook and instant; each failure names the seed that repeats it.
@Suite(.timeLimit(.minutes(20)))
struct PlannerPropertyTests {
    /// Each argument stands for a range of cases, so that a failure tells a small one.
    private static let ranges: [Range<UInt64>] = (0..<10).map { (index: UInt64) in index * 1_000..<index * 1_000 + 500 }

    private func forEach(
        _ seeds: Range<UInt64>,
        _ body: (RandomCase, Timestamp, Decision, _ about: Comment) -> Void
    ) {
        for seed in seeds {
            let sample = RandomCase(seed: seed)
            var random = SeededGenerator(seed: seed &* 31)
            for _ in 0..<8 {
                let now = sample.instant(&random)
                let decision = Planner.decide(sample.record, policy: sample.policy, now: now)
                body(sample, now, decision, "seed \(seed) at \(now): \(decision.reasons)")
            }
        }
    }

    @Test("the same facts give the same decision", arguments: ranges)
    func repeatable(seeds: Range<UInt64>) {
        forEach(seeds) { sample, now, decision, about in
            #expect(Planner.decide(sample.record, policy: sample.policy, now: now) == decision, about)
        }
    }

    @Test("D1, D2, D3, D4: without fresh words of each required source nothing is stopped or warned", arguments: ranges)
    func unknownNeverStops(seeds: Range<UInt64>) {
        forEach(seeds) { sample, now, decision, about in
            guard let terms = sample.policy.idleTerms(of: decision) else { return }
            guard decision.action == .stop || decision.action.name == "warn" else { return }
            var speaking = 0
            for use in terms.evidence.sources {
                let look = sample.record.observation(of: use.source)
                var isSpeaking = false
                switch look?.activity {
                case .idle: isSpeaking = true
                case .active: Issue.record(about)
                case .unknown, nil: isSpeaking = false
                }
                if let look, let maxAge = use.maxAge, now - look.observedAt > maxAge { isSpeaking = false }
                guard isSpeaking, let look else {
                    #expect(use.isOptional, about)
                    continue
                }
                #expect(look.observedAt >= now - Planner.freshness, about)
                #expect(look.observedAt <= now, about)
                speaking += 1
            }
            #expect(speaking >= terms.evidence.atLeast, about)
        }
    }

    @Test("I1: what is kept alive or exempt is neither stopped nor warned", arguments: ranges)
    func keptIsNeverStopped(seeds: Range<UInt64>) {
        forEach(seeds) { sample, now, decision, about in
            for outcome in [Outcome.exempt, .keepAlive(KeepAlive())] {
                var policy = sample.policy
                policy.rules.insert(Rule(name: "kept", outcome: outcome), at: 0)
                let kept = Planner.decide(sample.record, policy: policy, now: now)
                #expect(kept.action == .leave || kept.action.name == "prolong", about)
                if case .exempt = outcome { #expect(kept.action == .leave, about) }
            }
            switch sample.policy.outcome(of: decision) {
            case .exempt?, nil: #expect(decision.action == .leave, about)
            case .keepAlive?: #expect(decision.action == .leave || decision.action.name == "prolong", about)
            case .idle?, .stop?: break
            }
        }
    }

    @Test("I3, D19: a stop means that the budget is spent, counted within the present run", arguments: ranges)
    func stopMeansSpent(seeds: Range<UInt64>) {
        forEach(seeds) { sample, now, decision, about in
            guard decision.action == .stop, let terms = sample.policy.idleTerms(of: decision) else { return }
            #expect(now >= sample.lastActivityAt + terms.budget, about)
            #expect(now >= sample.startedAt + terms.budget, about)
            if let warn = terms.warn, warn > .zero {
                let given = sample.record.warning?.givenAt
                #expect(given.map { now >= $0 + warn } == true, about)
                #expect(sample.record.warning?.rule == decision.rule, about)
            }
        }
    }

    @Test("I5: a renewal never shortens a lease, and the cloud accepts it", arguments: ranges)
    func renewalsOnlyLengthen(seeds: Range<UInt64>) {
        forEach(seeds) { sample, now, decision, about in
            guard case .prolong(let duration, let kind) = decision.action else { return }
            let lease = sample.record.notebook.lease.lease
            #expect(LeaseTerms.accepted.contains(duration), about)
            #expect(lease?.expiry.map { now + duration >= $0 } == true, about)
            guard kind != lease?.kind else { return }
            #expect(kind == .timing, about)
            guard case .keepAlive(let terms)? = sample.policy.outcome(of: decision) else {
                Issue.record(about)
                return
            }
            #expect(terms.leaseType == .timing, about)
        }
    }

    @Test("a rule at the end changes nothing of what an earlier one decided", arguments: ranges)
    func laterRulesAreOfNoMatter(seeds: Range<UInt64>) {
        forEach(seeds) { sample, now, decision, about in
            guard decision.rule != nil else { return }
            var policy = sample.policy
            policy.rules.append(Rule(name: "late", outcome: .stop(warn: nil)))
            #expect(Planner.decide(sample.record, policy: policy, now: now) == decision, about)
        }
    }

    @Test("the first rule that matches decides: alone it does too, and those before it do not", arguments: ranges)
    func firstMatchWins(seeds: Range<UInt64>) {
        forEach(seeds) { sample, now, decision, about in
            guard sample.record.notebook.status.isRunning else { return }
            var policy = sample.policy
            let deciding = sample.policy.rules.map { rule in
                policy.rules = [rule]
                return Planner.decide(sample.record, policy: policy, now: now).rule
            }
            #expect(decision.rule == deciding.compactMap(\.self).first, about)
        }
    }

    @Test("the next review is in the future, so that no loop can spin on it", arguments: ranges)
    func reviewsAreInTheFuture(seeds: Range<UInt64>) {
        forEach(seeds) { _, now, decision, about in
            if let next = decision.nextReview { #expect(next > now, about) }
            if let probe = decision.probe {
                #expect(probe.at >= now, about)
                #expect(!probe.question.sources.isEmpty, about)
            }
        }
    }

    @Test(
        "I4: without new facts no action changes before the next review, but for looks growing old",
        arguments: ranges
    )
    func decisionsAreExact(seeds: Range<UInt64>) {
        forEach(seeds) { sample, now, decision, about in
            var random = SeededGenerator(seed: UInt64(bitPattern: now.milliseconds))
            let end = min(decision.nextReview ?? now + sample.horizon, now + sample.horizon)
            // A look that passes its maxAge is a fact that is lost.
            let ages = sample.record.observations.flatMap { look in
                (sample.policy.idleTerms(of: decision)?.evidence.sources ?? [])
                    .filter { $0.source == look.source }.compactMap(\.maxAge).map { look.observedAt + $0 }
            }
            var instants = [end - .milliseconds(1)]
            for _ in 0..<6 {
                let span = Int((end - now).wholeMilliseconds)
                instants.append(now + .milliseconds(random.integer(0...max(0, span - 1))))
            }
            for later in instants where later > now && !ages.contains(where: { now <= $0 && $0 < later }) {
                let next = Planner.decide(sample.record, policy: sample.policy, now: later)
                let lapsed = next.reasons.contains(.evidenceDue) && ["stop", "warn"].contains(decision.action.name)
                guard !lapsed else { continue }
                #expect(next.action.name == decision.action.name, "\(about.rawValue), then \(later): \(next.reasons)")
                #expect(next.rule == decision.rule, about)
            }
        }
    }

    @Test("I2, I7: an order needs fresh evidence, no hold and the mode to act", arguments: ranges)
    func ordersAreEarned(seeds: Range<UInt64>) {
        for seed in seeds {
            let sample = RandomCase(seed: seed)
            var random = SeededGenerator(seed: seed &* 17)
            let now = sample.instant(&random)
            let since = now - .milliseconds(random.integer(0...600_000))
            let holds: [Hold] = random.chance(20) ? [.outage(since: noon)] : []
            var record = sample.record
            if random.chance(70) {
                record.update(with: record.notebook, readAt: since + .milliseconds(1), marks: sample.policy.marks)
            }
            let verification = Planner.verify(
                .stop,
                record: record,
                since: since,
                policy: sample.policy,
                holds: holds,
                now: now
            )
            guard case .stop = verification else { continue }
            let about: Comment = "seed \(seed)"
            #expect(sample.policy.mode == .enforce, about)
            #expect(holds.isEmpty, about)
            #expect(record.readAt >= since, about)
            let decision = Planner.decide(record, policy: sample.policy, now: now)
            for use in sample.policy.idleTerms(of: decision)?.evidence.sources ?? [] where !use.isOptional {
                let look = record.observation(of: use.source)
                #expect(look.map { $0.observedAt >= since && $0.observedAt <= now } == true, about)
            }
        }
    }
}
