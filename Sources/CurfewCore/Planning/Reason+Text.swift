// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Reason: CustomStringConvertible {
    /// The ground in words: `idle for 1h 3min, budget 1h`.
    package var description: String {
        switch self {
        case .noRule: "no rule matches"
        case .notRunning(let status): "status is \(status)"
        case .exempt: "exempt"
        case .keptAlive(let until, let reason):
            "kept alive" + (until.map { " until \($0)" } ?? "") + (reason.map { " (\($0))" } ?? "")
        case .leaseUnreadable: "its lease could not be read"
        case .leaseUnlimited: "its lease cannot run out"
        case .leaseLongEnough(let left): "its lease has \(left.spanText) left"
        case .leaseEnding(let left):
            left > .zero
                ? "its lease has only \(left.spanText) left" : "its lease ran out \((.zero - left).spanText) ago"
        case .leaseOfTypeIdle: "its lease is of type IDLE, which the cloud may end at any time"
        case .active(let source, let detail): "active (\(source)\(detail.isEmpty ? "" : ": \(detail)"))"
        case .withinBudget(let idle, let budget): "idle for \(idle.spanText), budget \(budget.spanText)"
        case .idleBudgetSpent(let idle, let budget): "idle for \(idle.spanText), budget \(budget.spanText)"
        case .evidenceUnknown(let source, let why): "activity unknown (\(source): \(why))"
        case .evidenceTooThin(let speaking, let wanted): "only \(speaking) of \(wanted) wanted sources speak"
        case .evidenceDue: "looking again before deciding"
        case .stopRule(let running): "to be stopped by rule, running for \(running.spanText)"
        case .warningDue(let stopAt): "warning: will be stopped at \(stopAt)"
        case .warned(let at, let stopAt): "warned at \(at), will be stopped at \(stopAt)"
        case .marked(let mark): mark.description
        case .markTooLong(let since, let longest):
            "it has been marked since \(since), and no mark holds longer than \(longest.spanText)"
        case .markUnreadable(let text): "keep-alive mark \"\(text)\" is neither true, a date nor an instant"
        case .tagsUnreadable: "its tags could not be read, and an earlier rule may keep it by them"
        case .held(let hold): hold.description
        case .flapping(let restarts):
            "something started it again \(restarts) times within a day, each time soon after it was stopped"
        case .budgetSpent(let figure): figure.description
        case .budgetNearlySpent(let figure): "budget nearly spent: \(figure)"
        case .usageUnknown(let why): "nobody knows how much of a budget is used: \(why)"
        }
    }
}
