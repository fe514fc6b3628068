// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import Testing

/// Budgets, prices and notebooks to plan with.
enum UsageSample {
    static let alice = RunTraits(owner: Notebook.Owner(name: "alice", id: "u-1"), flavor: "cpu", workspace: "0")
    static let bob = RunTraits(owner: Notebook.Owner(name: "bob", id: "u-2"), flavor: "gpu", workspace: "0")
    static let week40 = UsageBudget(per: .owner, within: .week, hours: .hours(40), warnAt: 80)

    static func prices() throws -> PriceList {
        PriceList(
            currency: "EUR",
            perHour: [
                PriceList.Entry(flavor: try Glob("gpu*"), price: Money(tenThousandths: 24_000)),
                PriceList.Entry(flavor: try Glob("cpu"), price: Money(tenThousandths: 1_200)),
            ]
        )
    }

    static func policy(
        _ budgets: UsageBudget...,
        zone: TimeZone = .gmt,
        prices: PriceList? = nil,
        outcome: Outcome = .stop(warn: nil)
    ) -> Policy {
        let rules = budgets.enumerated().map { index, budget in
            Rule(name: "budget \(index + 1)", match: Selector([.spent(budget)]), outcome: outcome)
        }
        var policy = Sample.policy(rules: rules + [Rule(name: "others", outcome: .exempt)])
        (policy.timeZone, policy.prices) = (zone, prices)
        return policy
    }

    /// A book that knows the runs.
    static func book(_ policy: Policy, _ runs: [UsageRun] = [], at now: Timestamp = noon) throws -> UsageBook {
        var book = UsageBook(try #require(UsageTerms(policy)))
        book.load(runs, now: now)
        _ = book.advance(to: now)
        return book
    }

    /// A book that knows nothing yet.
    static func unread(_ policy: Policy) throws -> UsageBook {
        UsageBook(try #require(UsageTerms(policy)))
    }

    static func run(
        _ id: String,
        _ traits: RunTraits = alice,
        from began: Timestamp,
        _ end: UsageRun.End = .ongoing
    ) -> UsageRun {
        UsageRun(notebook: NotebookID(id), traits: traits, began: began, end: end)
    }

    static func record(_ id: String, _ traits: RunTraits = alice) -> NotebookRecord {
        let notebook = Notebook(
            id: NotebookID(id),
            name: id,
            status: .running,
            owner: traits.owner,
            workspaceID: traits.workspace,
            flavor: traits.flavor,
            updatedAt: noon - .days(1)
        )
        return NotebookRecord(notebook, readAt: noon, marks: nil)
    }
}
