// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@testable import CurfewCore

@Suite("The book of usage agrees with the sum of all runs", .timeLimit(.minutes(20)))
struct UsagePropertyTests {
    private static let zones = [
        "GMT", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo",
        "Africa/Cairo",
    ]
    private static let flavors = ["gpu.1", "cpu", "npu"]

    /// A book and the plain list of the same runs, told of the same starts and ends.
    private struct Pair {
        var book: UsageBook
        var oracle: UsageOracle
        let accounts: [UsageAccount]
        var open: Set<String> = []

        mutating func flip(_ name: String, _ traits: RunTraits, at now: Timestamp) {
            let id = NotebookID(name)
            if open.remove(name) != nil {
                book.ended(id, at: now)
                for index in oracle.runs.indices where oracle.runs[index].notebook == id {
                    oracle.runs[index].ended = oracle.runs[index].ended ?? now
                }
            } else {
                open.insert(name)
                book.began(id, traits, at: now)
                oracle.runs.append(UsageOracle.Run(notebook: id, traits: traits, began: now))
            }
        }
    }

    private func traits(_ index: Int) -> RunTraits {
        RunTraits(
            owner: Notebook.Owner(name: "o\(index % 2)", id: index % 3 == 0 ? nil : "u-\(index % 2)"),
            flavor: Self.flavors[index % 3],
            workspace: index % 5 == 0 ? nil : "w"
        )
    }

    private func pair(_ budgets: [UsageBudget], zone: TimeZone, at now: Timestamp) throws -> Pair {
        var policy = UsageSample.policy(zone: zone, prices: try UsageSample.prices())
        policy.rules = budgets.map { Rule(name: "\($0)", match: Selector([.spent($0)]), outcome: .exempt) }
        let groups = Set(
            (0..<6).flatMap { index in
                UsageBudget.Grouping.allCases.compactMap { traits(index).group($0, of: NotebookID("n\(index)")) }
            }
        )
        let accounts = budgets.flatMap { budget in
            groups.filter { $0.per == budget.per }.map { UsageAccount(budget: budget, group: $0) }
        }
        return Pair(
            book: try UsageSample.book(policy, at: now),
            oracle: UsageOracle(prices: policy.prices, zone: zone),
            accounts: accounts
        )
    }

    private func check(_ pair: Pair, at now: Timestamp, _ about: Comment) {
        for account in pair.accounts {
            let standing = pair.book.standing(of: account, at: now)
            let expected: UsageStanding.Verdict =
                switch pair.oracle.isOver(account, at: now) {
                case true?: .over
                case false?: .within
                case nil: .unknown
                }
            #expect(standing?.verdict == expected, "\(about) \(account) at \(now)")
            if account.budget.cost == nil {
                let isNear = pair.oracle.isNear(account, at: now)
                #expect(standing?.isNearlySpent == isNear, "\(about) \(account) at \(now)")
            }
        }
    }

    @Test(arguments: 0..<60)
    func `in spans of milliseconds, at every millisecond`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let per = UsageBudget.Grouping.allCases[seed % 4]
        let span = Duration.milliseconds(random.integer(20...200))
        let budgets = [
            UsageBudget(per: per, within: .span(span), hours: .milliseconds(random.integer(1...300)), warnAt: 70),
            UsageBudget(per: per, within: .span(span * 2), hours: .milliseconds(random.integer(1...100))),
        ]
        var pair = try pair(budgets, zone: .gmt, at: noon)
        // What each account was said to be, and until when.
        var announced: [UsageAccount: UsageStanding] = [:]
        for step in 0..<600 {
            let now = noon + .milliseconds(step)
            var touched = false
            for index in 0..<6 where random.chance(2) {
                pair.flip("n\(index)", traits(index), at: now)
                touched = true
            }
            _ = pair.book.advance(to: now)
            check(pair, at: now, "seed \(seed)")
            for account in pair.accounts {
                guard let standing = pair.book.standing(of: account, at: now) else { continue }
                if !touched, let before = announced[account], before.changesAt.map({ now < $0 }) ?? true {
                    #expect(standing.agrees(with: before), "seed \(seed): \(account) changed unannounced at \(now)")
                } else if !touched, let before = announced[account] {
                    #expect(!standing.agrees(with: before), "seed \(seed): \(account) announced for nothing at \(now)")
                }
                announced[account] = standing
            }
        }
    }

    @Test(arguments: 0..<42)
    func `over weeks, in zones whose clocks change, at random instants`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let zone = try #require(TimeZone(identifier: Self.zones[seed % Self.zones.count]))
        // October and November, when clocks change in north and south.
        let start = noon - .days(45) + .seconds(random.integer(0...86_399))
        let windows: [UsageBudget.Window] = [.day, .week, .month, .span(.days(3)), .span(.hours(25))]
        let budgets = windows.map { window in
            UsageBudget(
                per: UsageBudget.Grouping.allCases[random.integer(0...3)],
                within: window,
                hours: .minutes(random.integer(60...6_000)),
                cost: random.chance(50) ? Money(tenThousandths: Int64(random.integer(1_000...900_000))) : nil,
                warnAt: random.chance(50) ? 80 : nil
            )
        }
        var pair = try pair(budgets, zone: zone, at: start)
        var now = start
        var announced = pair.book.changesAt
        for _ in 0..<150 {
            var next = now + .milliseconds(random.integer(1...40_000_000))
            if random.chance(50), let announced { next = announced }
            if let change = announced, change > now, change <= next {
                // Nothing changes before its time, and the moment before and the moment itself are right.
                check(pair, at: change - .milliseconds(1), "seed \(seed)")
                next = change
            }
            now = next
            if random.chance(60) {
                let index = random.integer(0...5)
                pair.flip("n\(index)", traits(index), at: now)
            }
            _ = pair.book.advance(to: now)
            check(pair, at: now, "seed \(seed)")
            announced = pair.book.changesAt
        }
    }
}
