// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    /// How long to wait before the ledger is asked again for what it could not tell.
    private static let askAgainAfter: Duration = .seconds(60)

    /// Sees to it that the usage is known that the policy's rules ask for.
    mutating func useUsage(of policy: Policy, now: Timestamp) {
        guard let terms = UsageTerms(policy) else {
            usage = nil
            return
        }
        if let known = usage, known.book.terms.cover(terms) {
            if known.book.terms != terms { usage?.adopt(terms) }
            return
        }
        let isUnknownTold = usage?.isUnknownTold ?? false
        usage = UsageWatch(terms)
        usage?.isUnknownTold = isUnknownTold
        askForUsage(now: now)
    }

    /// The book as it would serve another policy; one that knows nothing where the ledger would have to be asked first.
    func usageBook(for next: Policy) -> UsageBook? {
        guard let terms = UsageTerms(next) else { return nil }
        guard var book = usage?.book, book.terms.cover(terms) else { return UsageBook(terms) }
        if book.terms != terms { book.adopt(terms) }
        return book
    }

    mutating func usageRecalled(_ number: Int, _ result: Result<UsageMemory, UsageUnreadable>, now: Timestamp) {
        guard usage?.question == number else { return }
        switch result {
        case .failure(let failure):
            usage?.notAnswered(askAgainAt: now + Self.askAgainAfter)
            tellUsageUnknown(failure.text)
        case .success(let memory):
            usage?.take(memory, now: now)
            for tracked in inOrder { reconcile(tracked, now: now) }
            if usage?.isUnknownTold == true { effects.append(.report(.usageKnown)) }
            usage?.isUnknownTold = false
            // Each account is judged once for all its notebooks.
            settleUsage(now: now)
            for tracked in inOrder { replan(tracked, now: now) }
        }
    }

    /// Decides anew about the notebooks of every group whose account stands otherwise now, and tells of those that come
    /// near their limit.
    ///
    /// So no notebook has to be planned again because a neighbour's start brings their common limit nearer: the group has
    /// one instant, at which all of them are.
    mutating func settleUsage(now: Timestamp) {
        guard usage != nil, !isShuttingDown else { return }
        if let again = usage?.askAgainAt, again <= now { askForUsage(now: now) }
        let flipped = usage?.advance(to: now) ?? []
        var groups: Set<UsageGroup> = []
        for account in flipped {
            warnOfBudget(account, now: now)
            guard groups.insert(account.group).inserted else { continue }
            for id in usage?.book.members(of: account.group) ?? [] {
                if let tracked = notebooks[id] { replan(tracked, now: now) }
            }
        }
    }

    private mutating func warnOfBudget(_ account: UsageAccount, now: Timestamp) {
        guard
            let book = usage?.book, book.standing(of: account, at: now)?.isNearlySpent == true,
            usage?.mustWarn(account, now: now) == true
        else { return }
        for var figure in book.figures(of: account, at: now) where figure.state != .within {
            if account.group.per == .notebook {
                let id = NotebookID(account.group.key)
                figure.whose = "notebook \(notebooks[id]?.record.notebook.label ?? id.text)"
            }
            effects.append(.report(.budgetNearlySpent(figure)))
            record(.budgetWarned(account, figure), now: now)
        }
    }

    private mutating func askForUsage(now: Timestamp) {
        guard let terms = usage?.book.terms else { return }
        if let trouble = settings.ledgerTrouble {
            // What it has forgotten would be missing from every sum.
            usage?.notAnswered(askAgainAt: nil)
            tellUsageUnknown(trouble)
            return
        }
        let number = nextAttemptNumber()
        usage?.asked(number)
        effects.append(.recallUsage(number: number, since: now - terms.longest))
    }

    private mutating func tellUsageUnknown(_ why: String) {
        guard usage?.isUnknownTold == false else { return }
        usage?.isUnknownTold = true
        effects.append(.report(.usageUnknown(why)))
    }

    /// Makes the book agree with what is seen, where the ledger lacked an entry.
    private mutating func reconcile(_ tracked: TrackedNotebook, now: Timestamp) {
        guard let book = usage?.book, tracked.isRunOpen != book.isRunning(tracked.id) else { return }
        if let traits = tracked.runTraits {
            usage?.began(tracked.id, traits, at: now)
        } else {
            usage?.ended(tracked.id, at: now)
        }
    }
}
