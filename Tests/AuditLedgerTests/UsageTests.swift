// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import GRDB
import Testing

@Suite("Usage from the ledger")
struct UsageTests {
    private func ends(_ memory: UsageMemory) -> [String: UsageRun.End] {
        Dictionary(memory.runs.map { ($0.notebook.text, $0.end) }) { $1 }
    }

    @Test func `runs are told with whom they count for, and how they ended`() async throws {
        try await withLedger { ledger in
            let (alive, later) = (noon + .minutes(30), noon + .hours(5))
            try await ledger.daemon(
                records: [
                    Entry.began("closed", isStart: true), Entry.began("left open", isStart: true),
                    Entry.began("goes on", isStart: true), Entry.ended("closed", at: noon + .minutes(10)),
                    Entry.listed(alive),
                ]
            )
            let second = try ledger.start(at: later).ledger
            try await second.record([
                Entry.began("goes on", isStart: false, at: later), Entry.began("new", isStart: true, at: later),
            ])
            let memory = try await second.usage(since: noon - .days(1))
            #expect(
                ends(memory) == [
                    "closed": .ended(noon + .minutes(10)), "left open": .lastSeen(alive), "goes on": .ongoing,
                    "new": .ongoing,
                ]
            )
            let traits = RunTraits(Entry.notebook("closed"))
            #expect(memory.runs.allSatisfy { $0.traits == traits })
            #expect(memory.runs.first { $0.notebook.text == "goes on" }?.began == noon)
            #expect(try await second.recall(now: later).openRuns[NotebookID("left open")] == alive)
        }
    }

    @Test func `a run that goes on over a restart counts until this daemon sees it end`() async throws {
        try await withLedger { ledger in
            let (second, end) = (noon + .hours(1), noon + .hours(3))
            try await ledger.daemon(records: [Entry.began(isStart: true)])
            try await ledger.daemon(
                at: second,
                records: [Entry.began(isStart: false, at: second), Entry.ended(at: end)]
            )
            let third = try ledger.start(at: end).ledger
            #expect(try await third.usage(since: noon).runs.map(\.end) == [.ended(end)])
        }
    }

    @Test func `runs that ended before the window are left out`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [
                Entry.began("old", isStart: true), Entry.ended("old", at: noon + .hours(1)),
                Entry.began("late", isStart: true, at: noon + .hours(2)), Entry.ended("late", at: noon + .hours(4)),
            ])
            let open = try ledger.start(at: noon + .days(1)).ledger
            #expect(try await open.usage(since: noon + .hours(3)).runs.map(\.notebook.text) == ["late"])
        }
    }

    @Test func `a warning about a budget is remembered by budget and group, however often it is written`() async throws
    {
        try await withLedger { ledger in
            let budget = UsageBudget(per: .owner, within: .week, hours: .hours(40), warnAt: 80)
            let account = UsageAccount(budget: budget, group: UsageGroup(per: .owner, key: "u-1"))
            let figure = UsageFigure(
                used: .time(.hours(32)),
                limit: .time(.hours(40)),
                state: .nearlySpent,
                whose: "owner alice",
                within: .week
            )
            let entry = LedgerEntry(at: noon, .budgetWarned(account, figure))
            try await ledger.daemon(records: [entry, entry])
            let open = try ledger.start(at: noon + .days(1)).ledger
            let told = BudgetWarning(budget: "\(budget)", group: account.group, at: noon)
            #expect(try await open.usage(since: noon).warnings == [told])
            #expect(try await open.usage(since: noon + .hours(1)).warnings.isEmpty)
            let row = try #require(try ledger.rows("SELECT budget, figures FROM budget_warnings").first)
            #expect(row[0] == "per owner, within week, hours 144000000ms, warnAt 80%")
            #expect(row[1] == "used 32h of 40h by owner alice this week")
        }
    }

    @Test func `rows of another time are told as they are and harm no sum`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [Entry.began(isStart: true), Entry.ended(at: noon + .hours(1))])
            try ledger.change("UPDATE runs SET began_at = 9223372036854775807, ended_at = 9223372036854775807")
            let open = try ledger.start(at: noon).ledger
            let memory = try await open.usage(since: noon)
            let budget = UsageBudget(per: .notebook, within: .week, hours: .hours(1))
            var policy = Policy(service: ServiceSettings(endpoint: "https://a.example", projectID: "p"))
            policy.rules = [Rule(name: "r", match: Selector([.spent(budget)]), outcome: .exempt)]
            var book = UsageBook(try #require(UsageTerms(policy)))
            book.load(memory.runs, now: noon)
            let account = UsageAccount(budget: budget, group: UsageGroup(per: .notebook, key: "a"))
            #expect(book.standing(of: account, at: noon)?.verdict == .within)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `a file that grows too large loses everything else before its runs`() async throws {
        try await withLedger { ledger in
            let open = try ledger.start(SQLiteLedger.Settings(largestFile: 1 << 20)).ledger
            for index in 0..<200 {
                let at = noon + .seconds(index)
                let run = [Entry.began("r\(index)", isStart: true, at: at), Entry.ended("r\(index)", at: at)]
                try await open.record(run)
            }
            var number = 0
            for batch in 0..<40 {
                let at = noon + .hours(batch)
                let numbers = (number + 1)...(number + 200)
                number += 200
                try await open.record(
                    numbers.flatMap { [Entry.prolong($0, "n\($0)", at: at), Entry.outcome($0, "n\($0)", at: at)] }
                )
            }
            #expect(try ledger.count("actions") < number)
            #expect(try ledger.count("runs") == 200)
        }
    }
}
