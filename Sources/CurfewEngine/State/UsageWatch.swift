// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// The book of usage, and how it comes by what was before this daemon.
///
/// The ledger is asked once, behind everything that was given to it before. What begins and ends until it answers waits
/// here, and is told to the book behind the answer.
struct UsageWatch {
    private(set) var book: UsageBook
    /// The number of the question that the ledger has not answered yet.
    private(set) var question: Int?
    /// When to ask again, after a question that was not answered.
    private(set) var askAgainAt: Timestamp?
    /// Whether it was told that usage is not known.
    var isUnknownTold = false
    private var backlog: [Event] = []
    /// When each account's warning was given last.
    private var warned: [String: Timestamp] = [:]

    private enum Event {
        case began(NotebookID, RunTraits, at: Timestamp)
        case continued(NotebookID, RunTraits, at: Timestamp)
        case ended(NotebookID, at: Timestamp)
    }

    init(_ terms: UsageTerms) {
        book = UsageBook(terms)
    }

    var nextWake: Timestamp? { Planner.earliest(book.changesAt, askAgainAt) }

    mutating func adopt(_ terms: UsageTerms) { book.adopt(terms) }

    // MARK: - The ledger's answer

    mutating func asked(_ number: Int) {
        (question, askAgainAt, backlog) = (number, nil, [])
    }

    mutating func take(_ memory: UsageMemory, now: Timestamp) {
        question = nil
        book.load(memory.runs, now: now)
        warned = [:]
        for warning in memory.warnings {
            let account = "\(warning.budget) \(warning.group.key)"
            warned[account] = max(warned[account] ?? warning.at, min(warning.at, now))
        }
        for event in backlog { tell(event) }
        backlog = []
    }

    mutating func notAnswered(askAgainAt instant: Timestamp?) {
        (question, askAgainAt, backlog) = (nil, instant, [])
    }

    // MARK: - What happens

    mutating func began(_ notebook: NotebookID, _ traits: RunTraits, at instant: Timestamp) {
        note(.began(notebook, traits, at: instant))
    }

    /// Notes that a run goes on that an earlier daemon saw.
    mutating func continued(_ notebook: NotebookID, _ traits: RunTraits, at instant: Timestamp) {
        note(.continued(notebook, traits, at: instant))
    }

    mutating func ended(_ notebook: NotebookID, at instant: Timestamp) { note(.ended(notebook, at: instant)) }

    mutating func advance(to now: Timestamp) -> [UsageAccount] { book.advance(to: now) }

    mutating func clockSetBack(to now: Timestamp) {
        book.clockSetBack(to: now)
        warned = warned.mapValues { min($0, now) }
        askAgainAt = askAgainAt.map { min($0, now + .seconds(60)) }
    }

    /// Whether the account is to be warned of now; notes that it is.
    ///
    /// Once in a period of the calendar, and not again within the span of a sliding window.
    mutating func mustWarn(_ account: UsageAccount, now: Timestamp) -> Bool {
        let key = "\(account.budget) \(account.group.key)"
        let start = book.window(of: account, at: now).start(at: now)
        if let last = warned[key], last >= start { return false }
        warned[key] = now
        return true
    }

    private mutating func note(_ event: Event) {
        if book.isKnown { tell(event) } else if question != nil { backlog.append(event) }
    }

    private mutating func tell(_ event: Event) {
        switch event {
        case .began(let id, let traits, let instant): book.began(id, traits, at: instant)
        case .continued(let id, let traits, let instant):
            if !book.continued(id) { book.began(id, traits, at: instant) }
        case .ended(let id, let instant): book.ended(id, at: instant)
        }
    }
}
