// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import Testing

@Suite("spent: budgets decide about notebooks")
struct SpentConditionTests {
    private func decide(
        _ policy: Policy,
        _ book: UsageBook?,
        _ record: NotebookRecord = UsageSample.record("a"),
        at now: Timestamp = noon
    ) -> Decision {
        Planner.decide(record, policy: policy, usage: book, now: now)
    }

    @Test func `the rule takes effect at the very millisecond, which is the next review`() throws {
        let policy = UsageSample.policy(UsageBudget(per: .owner, within: .week, hours: .hours(40)))
        let book = try UsageSample.book(policy, [UsageSample.run("a", from: noon - .hours(39))])
        let before = decide(policy, book)
        let crossing = noon + .hours(1) + .milliseconds(1)
        #expect(before.rule == "others")
        #expect(before.nextReview == crossing)
        #expect(decide(policy, book, at: crossing - .milliseconds(1)).rule == "others")
        let over = decide(policy, book, at: crossing)
        #expect(over.action == .stop)
        #expect(over.reasons.last?.code == "budget-spent")
        #expect(over.reasons.last?.description == "used 40h of 40h by owner alice this week")
    }

    @Test func `another owner's notebooks are not concerned`() throws {
        let policy = UsageSample.policy(UsageSample.week40)
        let book = try UsageSample.book(policy, [UsageSample.run("a", from: noon - .hours(41))])
        #expect(decide(policy, book).action == .stop)
        #expect(decide(policy, book, UsageSample.record("b")).action == .stop)
        #expect(decide(policy, book, UsageSample.record("c", UsageSample.bob)).rule == "others")
    }

    @Test func `I2: what nobody knows matches nothing, not even under not`() throws {
        let spent = Selector.Condition.spent(UsageSample.week40)
        var policy = UsageSample.policy(UsageSample.week40)
        policy.rules = [
            Rule(name: "over", match: Selector([spent]), outcome: .stop(warn: nil)),
            Rule(name: "not over", match: Selector([.not(Selector([spent]))]), outcome: .stop(warn: nil)),
        ]
        let unread = try UsageSample.unread(policy)
        let known = try UsageSample.book(policy)
        #expect(decide(policy, nil).rule == nil)
        let decision = decide(policy, unread)
        #expect(decision.rule == nil)
        #expect(decision.reasons.map(\.code) == ["no-rule", "usage-unknown"])
        let nobody = UsageSample.record("a", RunTraits(flavor: "cpu"))
        #expect(decide(policy, known, nobody).rule == nil)
        // Known, and not over: now the rule with `not` matches.
        #expect(decide(policy, known).rule == "not over")
    }

    @Test func `I1: a rule that may protect the notebook, were its usage known, protects it from later rules`() throws {
        let spent = Selector.Condition.spent(UsageSample.week40)
        func rules(_ match: Selector.Condition, _ outcome: Outcome) -> Policy {
            var policy = UsageSample.policy(UsageSample.week40)
            policy.rules = [
                Rule(name: "unknown", match: Selector([match]), outcome: outcome),
                Rule(name: "all", outcome: .stop(warn: nil)),
            ]
            return policy
        }
        let not = Selector.Condition.not(Selector([spent]))
        for policy in [rules(not, .exempt), rules(spent, .keepAlive(KeepAlive())), rules(not, Sample.idle())] {
            let decision = decide(policy, try UsageSample.unread(policy))
            #expect(decision.action == .leave)
            #expect(decision.reasons.first?.code == "usage-unknown")
        }
        // A rule that stops, or stops sooner, spares nobody when it is passed over.
        for policy in [rules(spent, .stop(warn: nil)), rules(spent, Sample.idle()), rules(not, .stop(warn: nil))] {
            let unread = try UsageSample.unread(policy)
            #expect(decide(policy, unread).action == .stop)
        }
    }

    @Test func `I2: a book of another policy's budgets knows nothing of these`() throws {
        let other = UsageSample.policy(UsageBudget(per: .owner, within: .week, hours: .hours(1)))
        let book = try UsageSample.book(other, [UsageSample.run("a", from: noon - .hours(41))])
        #expect(decide(UsageSample.policy(UsageSample.week40), book).rule == "others")
    }

    @Test func `a notebook of a group near its limit says so, where the rule would decide about it`() throws {
        let policy = UsageSample.policy(UsageSample.week40)
        let book = try UsageSample.book(policy, [UsageSample.run("a", from: noon - .hours(33))])
        let decision = decide(policy, book)
        #expect(decision.rule == "others")
        #expect(decision.reasons.map(\.code) == ["exempt", "budget-nearly-spent"])
        #expect(
            decision.reasons.last?.description == "budget nearly spent: used 33h of 40h by owner alice this week"
        )
        var narrow = policy
        narrow.rules[0].match.conditions.append(.name([try Glob("other")]))
        #expect(decide(narrow, book).reasons.map(\.code) == ["exempt"])
    }

    @Test func `I1: a kept notebook is kept, however much its owner has used`() throws {
        var policy = UsageSample.policy(UsageSample.week40)
        policy.rules.insert(Rule(name: "kept", outcome: .keepAlive(KeepAlive())), at: 0)
        let book = try UsageSample.book(policy, [UsageSample.run("a", from: noon - .hours(41))])
        #expect(decide(policy, book).rule == "kept")
    }

    @Test func `I2: a stop is verified with the usage of then`() throws {
        let policy = UsageSample.policy(UsageSample.week40)
        let record = UsageSample.record("a")
        var book = try UsageSample.book(policy, [UsageSample.run("a", from: noon - .hours(41))])
        func verify() -> Planner.Verification {
            Planner.verify(.stop, record: record, since: noon, policy: policy, usage: book, holds: [], now: noon)
        }
        guard case .stop = verify() else {
            Issue.record("the stop should stand")
            return
        }
        book.load([], now: noon)
        guard case .changed(let decision) = verify() else {
            Issue.record("the stop should fall")
            return
        }
        #expect(decision.rule == "others")
    }

    @Test func `planned for a later instant, what runs goes on using its budget`() throws {
        let policy = UsageSample.policy(UsageBudget(per: .owner, within: .week, hours: .hours(2)))
        let runs = [UsageSample.run("a", from: noon - .hours(1))]
        let book = try UsageSample.book(policy, runs)
        func action(at instant: Timestamp) -> String? {
            Planner.plan([UsageSample.record("a")], policy: policy, usage: book, seenAt: noon, at: instant)
                .plan.decisions.first?.action.name
        }
        #expect(action(at: noon + .minutes(59)) == "leave")
        #expect(action(at: noon + .minutes(61)) == "stop")
    }
}
