// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@testable import CurfewCore

@Suite("The book of usage")
struct UsageBookTests {
    private let owner = UsageAccount(budget: UsageSample.week40, group: UsageGroup(per: .owner, key: "u-1"))
    /// Monday, the beginning of noon's week.
    private let monday = noon - .days(4) - .hours(12)

    private func used(_ book: UsageBook, _ account: UsageAccount? = nil, at now: Timestamp = noon) -> String? {
        book.figures(of: account ?? owner, at: now).first?.description
    }

    @Test func `runs of one owner are summed, also those that run at the same time`() throws {
        let runs = [
            UsageSample.run("a", from: monday, .ended(monday + .hours(10))),
            UsageSample.run("b", from: monday + .hours(5), .ended(monday + .hours(20))),
            UsageSample.run("c", UsageSample.bob, from: monday),
            UsageSample.run("d", from: noon - .minutes(90)),
        ]
        let book = try UsageSample.book(UsageSample.policy(UsageSample.week40), runs)
        #expect(used(book) == "used 26h 30min of 40h by owner alice this week")
    }

    @Test func `only what lies in the window counts`() throws {
        let runs = [
            UsageSample.run("a", from: monday - .days(2), .ended(monday + .hours(3))),
            UsageSample.run("b", from: monday - .days(2), .ended(monday - .hours(3))),
        ]
        let book = try UsageSample.book(UsageSample.policy(UsageSample.week40), runs)
        #expect(used(book) == "used 3h of 40h by owner alice this week")
    }

    @Test func `the limit is crossed one millisecond after it was reached, not before`() throws {
        let runs = [UsageSample.run("a", from: noon - .hours(39))]
        let book = try UsageSample.book(UsageSample.policy(UsageSample.week40), runs)
        let full = noon + .hours(1)
        #expect(book.standing(of: owner, at: full)?.verdict == .within)
        #expect(book.standing(of: owner, at: full + .milliseconds(1))?.verdict == .over)
        // It stands so from the share on, and changes next at the limit.
        #expect(book.changesAt == full + .milliseconds(1))
        #expect(book.standing(of: owner, at: noon)?.isNearlySpent == true)
    }

    @Test func `the share of warnAt is reached to the millisecond`() throws {
        let runs = [UsageSample.run("a", from: noon - .hours(31)), UsageSample.run("b", from: noon)]
        let book = try UsageSample.book(UsageSample.policy(UsageSample.week40), runs)
        // 31 h are used, 32 h are the share, and two are running.
        #expect(book.changesAt == noon + .minutes(30))
        #expect(book.standing(of: owner, at: noon + .minutes(30) - .milliseconds(1))?.isNearlySpent == false)
        #expect(book.standing(of: owner, at: noon + .minutes(30))?.isNearlySpent == true)
    }

    @Test func `a start in the group brings the crossing nearer, an end puts it off`() throws {
        let runs = [UsageSample.run("a", from: noon - .hours(36))]
        var book = try UsageSample.book(UsageSample.policy(UsageSample.week40), runs)
        #expect(book.changesAt == noon + .hours(4) + .milliseconds(1))
        book.began(NotebookID("b"), UsageSample.alice, at: noon)
        let atOnce = book.advance(to: noon)
        #expect(atOnce.isEmpty)
        #expect(book.changesAt == noon + .hours(2) + .milliseconds(1))
        book.ended(NotebookID("a"), at: noon + .hours(1))
        let later = book.advance(to: noon + .hours(1))
        #expect(later.isEmpty)
        #expect(book.changesAt == noon + .hours(3) + .milliseconds(1))
        let flipped = book.advance(to: noon + .hours(3) + .milliseconds(1))
        #expect(flipped == [owner])
    }

    @Test func `a new week begins with nothing used`() throws {
        let runs = [UsageSample.run("a", from: monday, .ended(monday + .hours(41)))]
        var book = try UsageSample.book(UsageSample.policy(UsageSample.week40), runs)
        #expect(book.standing(of: owner, at: noon)?.verdict == .over)
        let next = monday + .days(7)
        #expect(book.changesAt == next)
        #expect(book.standing(of: owner, at: next - .milliseconds(1))?.verdict == .over)
        let flipped = book.advance(to: next)
        #expect(flipped == [owner])
        #expect(book.standing(of: owner, at: next)?.verdict == .within)
    }

    @Test func `what falls out of a span no longer counts`() throws {
        let budget = UsageBudget(per: .notebook, within: .span(.days(1)), hours: .hours(2))
        let account = UsageAccount(budget: budget, group: UsageGroup(per: .notebook, key: "a"))
        let runs = [UsageSample.run("a", from: noon - .hours(5), .ended(noon - .hours(2)))]
        let book = try UsageSample.book(UsageSample.policy(budget), runs)
        #expect(book.standing(of: account, at: noon)?.verdict == .over)
        // One of three hours has left the span then, and exactly two are no more than two.
        let end = noon + .hours(20)
        #expect(book.standing(of: account, at: end - .milliseconds(1))?.verdict == .over)
        #expect(book.changesAt == end)
        #expect(book.standing(of: account, at: end)?.verdict == .within)
    }

    @Test func `money is exact: a third of a cent a thousand times is what it is`() throws {
        let budget = UsageBudget(per: .owner, within: .month, cost: Money(tenThousandths: 10_000))
        let policy = UsageSample.policy(budget, prices: try UsageSample.prices())
        let account = UsageAccount(budget: budget, group: UsageGroup(per: .owner, key: "u-1"))
        // 0.12 EUR an hour: 1 EUR after 8 h 20 min, in a thousand pieces of 30 s.
        let runs = (0..<1_000).map { index in
            let from = noon - .days(2) + .seconds(60 * index)
            return UsageSample.run("n\(index % 7)", from: from, .ended(from + .seconds(30)))
        }
        var book = try UsageSample.book(policy, runs)
        #expect(book.standing(of: account, at: noon)?.verdict == .within)
        #expect(used(book, account) == "used 1.00 EUR of 1.00 EUR by owner alice this month")
        book.began(NotebookID("x"), UsageSample.alice, at: noon)
        _ = book.advance(to: noon)
        #expect(book.changesAt == noon + .milliseconds(1))
    }

    @Test func `a flavor without a price makes costs unknown, and hours not`() throws {
        let budget = UsageBudget(per: .workspace, within: .week, cost: Money(tenThousandths: 10_000))
        let hours = UsageBudget(per: .workspace, within: .week, hours: .hours(1))
        let policy = UsageSample.policy(budget, hours, prices: try UsageSample.prices())
        let npu = RunTraits(owner: UsageSample.alice.owner, flavor: "npu", workspace: "0")
        let runs = [
            UsageSample.run("a", UsageSample.bob, from: monday, .ended(monday + .hours(9))),
            UsageSample.run("b", npu, from: monday, .ended(monday + .hours(1))),
        ]
        let book = try UsageSample.book(policy, runs)
        let group = UsageGroup(per: .workspace, key: "0")
        #expect(book.standing(of: UsageAccount(budget: budget, group: group), at: noon)?.verdict == .unknown)
        #expect(book.standing(of: UsageAccount(budget: hours, group: group), at: noon)?.verdict == .over)
        let without = try UsageSample.book(policy, [runs[0]])
        #expect(without.standing(of: UsageAccount(budget: budget, group: group), at: noon)?.verdict == .over)
    }

    @Test func `with hours and cost, either is enough`() throws {
        let budget = UsageBudget(per: .owner, within: .week, hours: .hours(40), cost: Money(tenThousandths: 20_000))
        let policy = UsageSample.policy(budget, prices: try UsageSample.prices())
        let bob = UsageAccount(budget: budget, group: UsageGroup(per: .owner, key: "u-2"))
        let book = try UsageSample.book(policy, [UsageSample.run("a", UsageSample.bob, from: noon - .hours(1))])
        #expect(book.standing(of: bob, at: noon)?.verdict == .over)
        #expect(book.figures(of: bob, at: noon).map(\.state) == [.within, .over])
    }

    @Test func `a run that an earlier daemon left open counts until then, and goes on where it is seen to`() throws {
        let seen = noon - .hours(2)
        let runs = [
            UsageSample.run("a", from: noon - .hours(5), .lastSeen(seen)),
            UsageSample.run("b", from: noon - .hours(5), .lastSeen(seen)),
        ]
        var book = try UsageSample.book(UsageSample.policy(UsageSample.week40), runs)
        #expect(used(book) == "used 6h of 40h by owner alice this week")
        let goesOn = [book.continued(NotebookID("a")), book.continued(NotebookID("a"))]
        #expect(goesOn == [true, false])
        book.ended(NotebookID("b"), at: noon)
        #expect(used(book) == "used 8h of 40h by owner alice this week")
        #expect(used(book, at: noon + .hours(1)) == "used 9h of 40h by owner alice this week")
    }

    @Test func `no moment of a notebook counts twice, and none is negative, whatever the rows say`() throws {
        let runs = [
            UsageSample.run("a", from: noon - .hours(5), .ended(noon - .hours(3))),
            UsageSample.run("a", from: noon - .hours(4), .ended(noon - .hours(2))),
            UsageSample.run("a", from: noon - .hours(1), .ended(noon - .hours(9))),
            UsageSample.run("a", from: noon + .days(9), .ended(noon + .days(99))),
            UsageSample.run("b", from: Timestamp(milliseconds: .min), .ended(Timestamp(milliseconds: .min))),
        ]
        let book = try UsageSample.book(UsageSample.policy(UsageSample.week40), runs)
        #expect(used(book) == "used 3h of 40h by owner alice this week")
    }

    @Test func `D25: a clock that is set back takes back what it had counted ahead`() throws {
        let budget = UsageBudget(per: .owner, within: .span(.days(7)), hours: .hours(40))
        let account = UsageAccount(budget: budget, group: owner.group)
        var book = try UsageSample.book(UsageSample.policy(budget), [UsageSample.run("a", from: noon - .hours(1))])
        book.ended(NotebookID("a"), at: noon + .days(300))
        book.began(NotebookID("b"), UsageSample.alice, at: noon + .days(300))
        _ = book.advance(to: noon + .days(300))
        book.clockSetBack(to: noon)
        _ = book.advance(to: noon)
        #expect(used(book, account) == "used 1h of 40h by owner alice within 7d")
        #expect(used(book, account, at: noon + .hours(2)) == "used 3h of 40h by owner alice within 7d")
    }

    @Test func `before the ledger was read nothing is known, and notebooks without an owner stay unknown`() throws {
        let policy = UsageSample.policy(UsageSample.week40)
        let unread = try UsageSample.unread(policy)
        #expect(unread.standing(of: owner, at: noon) == nil)
        let book = try UsageSample.book(policy)
        let nobody = UsageSample.record("a", RunTraits(flavor: "cpu")).notebook
        #expect(book.account(of: nobody, under: UsageSample.week40) == nil)
    }

    @Test func `other terms are served where everything was summed that they ask for`() throws {
        func terms(_ budget: UsageBudget) throws -> UsageTerms {
            try #require(UsageTerms(UsageSample.policy(budget)))
        }
        let known = try terms(UsageSample.week40)
        let other = UsageBudget(per: .owner, within: .day, hours: .hours(1))
        let longer = try terms(UsageBudget(per: .owner, within: .month, hours: .hours(1)))
        let flavor = try terms(UsageBudget(per: .flavor, within: .day, hours: .hours(1)))
        let shorter = try terms(other)
        #expect(known.cover(shorter))
        #expect(!known.cover(longer))
        #expect(!known.cover(flavor))
        var book = try UsageSample.book(
            UsageSample.policy(UsageSample.week40),
            [UsageSample.run("a", from: noon - .hours(2))]
        )
        book.adopt(shorter)
        let today = UsageAccount(budget: other, group: owner.group)
        let flipped = book.advance(to: noon)
        #expect(flipped == [today])
        #expect(book.standing(of: today, at: noon)?.verdict == .over)
    }

    @Test func `what no window needs is forgotten`() throws {
        let budget = UsageBudget(per: .notebook, within: .day, hours: .hours(1))
        var book = try UsageSample.book(UsageSample.policy(budget))
        for day in 0..<400 {
            let at = noon + .days(day)
            book.began(NotebookID("n\(day)"), UsageSample.alice, at: at)
            book.ended(NotebookID("n\(day)"), at: at + .hours(2))
            _ = book.advance(to: at + .hours(2))
        }
        #expect(book.curves.count < 5)
    }
}
