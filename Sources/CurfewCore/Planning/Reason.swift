// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Why a decision is what it is: a case for each ground, with the values behind it.
///
/// Text and code are made from it at the edge, so the journal, the ledger, `plan` and the tests cannot disagree.
package enum Reason: Hashable, Sendable {
    case noRule
    case notRunning(NotebookStatus)
    case exempt
    case keptAlive(until: Timestamp?, reason: String?)
    case leaseUnreadable
    case leaseUnlimited
    case leaseLongEnough(left: Duration)
    case leaseEnding(left: Duration)
    /// The lease is of type IDLE and becomes TIMING, or the cloud may end it any time.
    case leaseOfTypeIdle
    case active(source: EvidenceName, detail: String)
    case withinBudget(idle: Duration, budget: Duration)
    case idleBudgetSpent(idle: Duration, budget: Duration)
    case evidenceUnknown(source: EvidenceName, Activity.Unknown)
    case evidenceTooThin(speaking: Int, wanted: Int)
    /// The last look is not fresh enough to act on; another one is under way.
    case evidenceDue
    case stopRule(running: Duration)
    case warningDue(stopAt: Timestamp)
    case warned(at: Timestamp, stopAt: Timestamp)
    /// A keep-alive mark or grant holds.
    case marked(MarkInForce)
    case markUnreadable(String)
    /// An earlier rule asks for tags or marks, and the cloud's tags cannot be read.
    case tagsUnreadable
    /// The mark asks for more than the policy allows, which is over.
    case markTooLong(since: Timestamp, longest: Duration)
    case held(Hold)
    /// Something starts it again soon after each stop.
    case flapping(restarts: Int)

    /// The rule asks for a spent budget, and it is.
    indirect case budgetSpent(UsageFigure)
    /// The share of a budget is reached at which to warn.
    indirect case budgetNearlySpent(UsageFigure)
    /// A rule asks for a budget, and nobody knows how much of it is used.
    case usageUnknown(UsageUnknown)

    /// Whether it says that nobody has looked lately, as opposed to having looked in vain.
    package var isMissingLook: Bool {
        if case .evidenceUnknown(_, let why) = self { why.isMissingLook } else { false }
    }

    /// A stable, kebab-case name, listed in the policy's documentation.
    package var code: String {
        switch self {
        case .noRule: "no-rule"
        case .notRunning: "not-running"
        case .exempt: "exempt"
        case .keptAlive: "kept-alive"
        case .leaseUnreadable: "lease-unreadable"
        case .leaseUnlimited: "lease-unlimited"
        case .leaseLongEnough: "lease-long-enough"
        case .leaseEnding: "lease-ending"
        case .leaseOfTypeIdle: "lease-of-type-idle"
        case .active: "active"
        case .withinBudget: "within-budget"
        case .idleBudgetSpent: "idle-budget-spent"
        case .evidenceUnknown: "evidence-unknown"
        case .evidenceTooThin: "evidence-too-thin"
        case .evidenceDue: "evidence-due"
        case .stopRule: "stop-rule"
        case .warningDue: "warning-due"
        case .warned: "warned"
        case .marked: "marked"
        case .markUnreadable: "mark-unreadable"
        case .tagsUnreadable: "tags-unreadable"
        case .markTooLong: "mark-too-long"
        case .held(let hold): hold.code
        case .flapping: "flapping"
        case .budgetSpent: "budget-spent"
        case .budgetNearlySpent: "budget-nearly-spent"
        case .usageUnknown: "usage-unknown"
        }
    }
}
