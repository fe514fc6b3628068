// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// The record of what the daemon meant to do, what came of it, and what it must not forget over its own end.
///
/// No stop goes out before its intent is recorded here.
package protocol Ledger: Sendable {
    /// Keeps the entries in order, all or none; returns when they are as durable as this ledger makes them.
    func record(_ entries: [LedgerEntry]) async throws

    /// What earlier runs of the daemon left behind, as of `now`.
    func recall(now: Timestamp) async throws -> LedgerMemory

    /// The stretches of running that reach into the time from `since` on, and the warnings about budgets from then on.
    func usage(since: Timestamp) async throws -> UsageMemory

    /// Why everything in it is lost when the daemon ends; nil where nothing is.
    var lossAtEnd: String? { get }
}

extension Ledger {
    package var lossAtEnd: String? { nil }
}

/// What a ledger knows of usage.
package struct UsageMemory: Sendable, Equatable {
    package var runs: [UsageRun]
    package var warnings: [BudgetWarning]

    package init(runs: [UsageRun] = [], warnings: [BudgetWarning] = []) {
        (self.runs, self.warnings) = (runs, warnings)
    }
}

/// That a group was told to have used its share of a budget.
package struct BudgetWarning: Sendable, Hashable {
    /// The budget's own text.
    package var budget: String
    package var group: UsageGroup
    package var at: Timestamp

    package init(budget: String, group: UsageGroup, at: Timestamp) {
        (self.budget, self.group, self.at) = (budget, group, at)
    }
}

/// One line of the record.
package struct LedgerEntry: Sendable {
    package var at: Timestamp
    package var event: Event

    package init(at: Timestamp, _ event: Event) {
        self.at = at
        self.event = event
    }

    package enum Event: Sendable {
        /// From now on this policy is in force; the digest is of its file's bytes.
        case policy(digest: String, Policy.Mode)
        /// What is about to be done, and everything that explains it.
        ///
        /// The number tells the actions of one run of the daemon apart; intent and outcome share it.
        case intent(action: Int, Notebook, Decision)
        case outcome(action: Int, Notebook, ActionAttempt.Outcome, calls: ActionAttempt.Calls? = nil)
        /// What became of an intent that an earlier run of the daemon left open.
        case resolved(OpenIntent, OpenIntent.Resolution)
        /// The notebook is running; whether its start was witnessed, or it may have been running before already.
        case runBegan(Notebook, isStart: Bool)
        /// It no longer runs, or is gone.
        case runEnded(NotebookID)
        case warned(Notebook, rule: String, stopAt: Timestamp)
        /// The share of a budget was reached at which to warn.
        case budgetWarned(UsageAccount, UsageFigure)
        /// It carries a keep-alive mark that is new, or another one than before.
        case marked(NotebookID, MarkSighting)
        case markLifted(NotebookID)
        /// A person did something; the number tells the acts of one run of the daemon apart.
        case acted(Int, RecordedAct)
        /// Something started it again soon after it was stopped here.
        case restarted(NotebookID)
        case holdBegan(Hold)
        case holdEnded(Hold)
        /// What the notebook is from now on, as rules can match it: another thing than it was, or seen by this daemon for the
        /// first time. It carries no address and no token.
        case seen(Notebook)
        /// It is gone.
        case vanished(NotebookID)
        /// What looks at its evidence said.
        case observed(NotebookID, [Observation])
        /// A complete listing; also tells that the daemon was alive then.
        case listed(notebooks: Int, running: Int)
    }
}

/// What a ledger remembers of earlier runs of the daemon.
///
/// Facts of the past alone: no deadline and no decision is taken from it, because a ledger that was restored from a
/// backup is as old as the backup.
package struct LedgerMemory: Sendable, Equatable {
    /// Intents without an outcome: their daemon ended in between.
    package var openIntents: [OpenIntent]
    /// Marks that were there within the last day, whatever became of them.
    package var marks: [NotebookID: [MarkMemory]]
    /// Of each notebook the last grant, where it holds or has ended within the last day.
    package var grants: [NotebookID: Grant]
    /// The freeze by hand, where nobody ended it.
    package var freeze: HandFreeze?
    /// The freeze of the guard against too many stops, where nobody ended it.
    package var guardFreeze: GuardFreeze?
    /// Stops intended within the last day, oldest first: what came of them does not prove that nothing was sent.
    package var stops: [NotebookID: [Timestamp]]
    /// Quick restarts after a stop within the last day, oldest first.
    package var restarts: [NotebookID: [Timestamp]]
    /// Notebooks whose run has not ended as far as the ledger knows, and when the daemon that saw it was last alive.
    package var openRuns: [NotebookID: Timestamp]

    package init(
        openIntents: [OpenIntent] = [],
        marks: [NotebookID: [MarkMemory]] = [:],
        grants: [NotebookID: Grant] = [:],
        freeze: HandFreeze? = nil,
        guardFreeze: GuardFreeze? = nil,
        stops: [NotebookID: [Timestamp]] = [:],
        restarts: [NotebookID: [Timestamp]] = [:],
        openRuns: [NotebookID: Timestamp] = [:]
    ) {
        self.openIntents = openIntents
        self.marks = marks
        self.grants = grants
        self.freeze = freeze
        self.guardFreeze = guardFreeze
        self.stops = stops
        self.restarts = restarts
        self.openRuns = openRuns
    }
}

/// A mark as earlier runs of the daemon saw it.
package struct MarkMemory: Sendable, Hashable {
    package var mark: MarkSighting
    /// When it was last there.
    package var lastSeenAt: Timestamp

    package init(_ mark: MarkSighting, lastSeenAt: Timestamp) {
        self.mark = mark
        self.lastSeenAt = lastSeenAt
    }
}

/// An intent whose outcome nobody knows.
package struct OpenIntent: Sendable, Hashable {
    /// The ledger's own number of it, unique over all runs of the daemon.
    package var id: Int64
    package var notebook: NotebookID
    package var name: String
    package var action: Action
    package var decidedAt: Timestamp

    package enum Action: Sendable, Hashable {
        case stop
        case prolong(Duration, Lease.Kind)
    }

    /// What reading the cloud says of it.
    package enum Resolution: String, Sendable, Hashable {
        /// The notebook is as the action would have left it.
        case happened
        case notHappened
        /// The notebook is gone.
        case gone
    }

    package init(id: Int64, notebook: NotebookID, name: String, action: Action, decidedAt: Timestamp) {
        self.id = id
        self.notebook = notebook
        self.name = name
        self.action = action
        self.decidedAt = decidedAt
    }
}
