// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
package import Logging

/// Writes the engine's reports to a logger, each with its stable message id and structured fields.
///
/// notice: something was done or will be; info: a decision changed; warning: degraded, heals by itself; error: needs a
/// person; debug: every sweep.
package struct EventLog: Sendable {
    private let logger: Logger

    package init(logger: Logger) {
        self.logger = logger
    }

    /// Writes one report.
    package func write(_ report: EngineReport) {
        switch report {
        case .decided(let decision, let notebook, let mode): decided(decision, notebook, mode)
        case .warned(let decision, let notebook, let mode):
            let lead = mode == .enforce ? "warning" : "would warn"
            log(.notice, .warned, "\(lead): \(notebook.label): \(decision.reasonText)", decision, notebook)
        case .intended(let decision, let notebook):
            let text = "\(decision.intention) \(notebook.label): \(decision.reasonText)\(decision.ruleText)"
            log(.notice, .intended, text, decision, notebook)
        case .sent(let decision, let notebook, let order):
            log(.notice, .sent, "sent: \(order.text) \(notebook.label)", decision, notebook)
        case .tryFailed(let decision, let notebook, let text):
            log(.warning, .tryFailed, "will try again: \(text)", decision, notebook)
        case .becameStuck(let decision, let notebook, let text):
            let message =
                "stuck: could not \(decision.action.name) \(notebook.label), "
                + "trying every \(RetrySchedule.stuckPause.spanText) from now on: \(text)"
            log(.error, .stuck, message, decision, notebook)
        case .ended(let decision, let notebook, let outcome): ended(decision, notebook, outcome)
        case .ledgerFailed(let notebook, let text):
            log(.error, .ledgerFailed, "the ledger could not keep an entry: \(text)", fields: notebook.fields)
        case .sourceSilent(let notebook, let silence, let isOptional):
            let text = silence.text(of: notebook, isOptional: isOptional)
            log(.warning, .sourceSilent, text, fields: notebook.fields.adding("source", silence.source.text))
        case .silentNotebooks(let many):
            log(.warning, .silentNotebooks, many.text, fields: ["source": "\(many.source)", "silent": "\(many.count)"])
        case .implausible(let notebook, let finding):
            let text = "the activity of \(notebook.label) looks made up, ask its owner: \(finding)"
            log(.notice, .implausible, text, fields: notebook.fields.adding("finding", finding.code))
        case .vanished(let notebook):
            log(.info, .vanished, "\(notebook.label) is gone from the cloud", fields: notebook.fields)
        case .flapping(let notebook, let reason):
            let message = "left alone, find out what starts it: \(notebook.label): \(reason)"
            log(.warning, .flapping, message, fields: notebook.fields.adding("reason", reason.code))
        case .markUnreadable(let notebook, let text):
            let message =
                "the keep-alive mark of \(notebook.label) holds nothing, write true, a date or an instant: "
                + "\(Reason.markUnreadable(text))"
            log(.warning, .markUnreadable, message, fields: notebook.fields.adding("reason", "mark-unreadable"))
        case .granted, .grantWithdrawn, .frozenByHand, .thawed, .approved: writeAct(report)
        case .resolved(let intent, let resolution):
            log(.notice, .resolved, intent.text(resolution), fields: intent.fields)
        case .budgetNearlySpent, .usageUnknown, .usageKnown: writeUsage(report)
        case .sweepFinished, .sweepFailed, .holdBegan, .holdEnded, .policyReplaced: writeFleet(report)
        }
    }

    private func writeAct(_ report: EngineReport) {
        switch report {
        case .granted(let notebook, let grant):
            let text = "\(grant.by) keeps \(notebook.label) alive until \(grant.until)" + because(grant.reason)
            log(.notice, .grant, text, fields: notebook.fields.adding("operator", grant.by))
        case .grantWithdrawn(let notebook, let by):
            let text = "\(by) no longer keeps \(notebook.label) alive"
            log(.notice, .grant, text, fields: notebook.fields.adding("operator", by))
        case .frozenByHand(let freeze):
            log(.notice, .freeze, "\(freeze.by) holds all stops" + because(freeze.reason), by: freeze.by)
        case .thawed(let by): log(.notice, .freeze, "\(by) no longer holds the stops", by: by)
        case .approved(let notebooks, let by):
            let count = notebooks.count == 1 ? "1 stop" : "\(notebooks.count) stops"
            let text = "\(by) lets \(count) go that the guard held\(notebooks.map(\.name).listed)"
            log(.notice, .approval, text, by: by)
        default: break
        }
    }

    private func because(_ reason: String?) -> String { reason.map { ": \($0)" } ?? "" }

    private func log(_ level: Logger.Level, _ id: MessageID, _ text: String, by person: String) {
        log(level, id, text, fields: ["operator": "\(person)"])
    }

    private func writeFleet(_ report: EngineReport) {
        switch report {
        case .sweepFinished(let listed, let running, let took):
            let text = "listed \(listed) notebooks, \(running) running, in \(took.spanText)"
            log(.debug, .sweep, text, fields: ["listed": "\(listed)", "running": "\(running)"])
        case .sweepFailed(let failure):
            let text = "the inventory is incomplete, nothing is concluded from what it lacks: \(failure)"
            log(.warning, .sweepFailed, text, fields: failure.code.map { ["error.code": "\($0)"] } ?? [:])
        case .holdBegan(let hold):
            var level = Logger.Level.warning
            switch hold {
            case .tooManyStops, .ledgerUnusable: level = .error
            default: break
            }
            if case .coldStart = hold { level = .info }
            log(level, .hold, "\(hold)", fields: ["hold": "\(hold.code)"])
        case .holdEnded(let hold):
            log(.notice, .hold, "no longer: \(hold)", fields: ["hold": "\(hold.code)"])
        case .policyReplaced(let rules, let mode, let newlyDue, let person):
            let lead = mode == .enforce ? "will now be stopped" : "would now be stopped"
            let text =
                "policy reloaded\(person.map { " by \($0)" } ?? ""): \(rules) rules, mode \(mode.rawValue); "
                + "\(newlyDue.count) notebooks \(lead) that were not before\(newlyDue.listed)"
            let fields: Logger.Metadata = ["newly.due": "\(newlyDue.count)"]
            log(.notice, .policy, text, fields: person.map { fields.adding("operator", $0) } ?? fields)
        default: break
        }
    }

    private func writeUsage(_ report: EngineReport) {
        switch report {
        case .budgetNearlySpent(let figure):
            let fields: Logger.Metadata = [
                "used": "\(figure.used)", "limit": "\(figure.limit)", "whose": "\(figure.whose)",
            ]
            log(.notice, .budget, "budget nearly spent: \(figure)", fields: fields)
        case .usageUnknown(let why):
            let text = "nobody knows how much of any budget is used, so no rule with `spent` matches: \(why)"
            log(.warning, .usage, text, fields: [:])
        case .usageKnown: log(.notice, .usage, "it is known again how much of each budget is used", fields: [:])
        default: break
        }
    }

    private func decided(_ decision: Decision, _ notebook: Notebook, _ mode: Policy.Mode) {
        let isDue = decision.action != .leave
        let lead = mode == .observe ? "would" : "due to"
        let verb = isDue ? "\(lead) \(decision.action.name)" : decision.action.name
        let text = "\(verb) \(notebook.label): \(decision.reasonText)\(decision.ruleText)"
        log(isDue && mode == .observe ? .notice : .info, .decided, text, decision, notebook)
    }

    private func ended(_ decision: Decision, _ notebook: Notebook, _ outcome: ActionAttempt.Outcome) {
        switch outcome {
        case .confirmed:
            let text = "\(decision.completion) \(notebook.label)\(notebook.completionDetail(decision))"
            log(.notice, .ended, text, decision, notebook)
        case .overtaken(let reasons):
            let grounds = reasons.map(\.description).joined(separator: "; ")
            log(.notice, .ended, "did not \(decision.action.name) \(notebook.label): \(grounds)", decision, notebook)
        case .gone:
            log(.info, .ended, "\(notebook.label) is gone, nothing to \(decision.action.name)", decision, notebook)
        case .abandoned(let why):
            log(.warning, .ended, "gave up to \(decision.action.name) \(notebook.label): \(why)", decision, notebook)
        }
    }

    private func log(
        _ level: Logger.Level,
        _ id: MessageID,
        _ text: String,
        _ decision: Decision,
        _ notebook: Notebook
    ) {
        guard level >= logger.logLevel else { return }
        log(level, id, text, fields: notebook.fields.merging(decision.fields) { $1 })
    }

    private func log(_ level: Logger.Level, _ id: MessageID, _ text: String, fields: Logger.Metadata) {
        logger.log(level: level, "\(text)", metadata: fields.adding("message.id", id.rawValue))
    }
}

extension [String] {
    /// The first few, behind a colon.
    fileprivate var listed: String {
        guard !isEmpty else { return "" }
        return ": " + prefix(5).joined(separator: ", ") + (count > 5 ? ", …" : "")
    }
}

extension OpenIntent {
    fileprivate func text(_ resolution: Resolution) -> String {
        let verb = action == .stop ? "stop" : "prolong"
        let found =
            switch resolution {
            case .happened: "it has happened"
            case .notHappened: "it has not happened, so it is decided anew"
            case .gone: "the notebook is gone"
            }
        return "found open from before the start: to \(verb) \(name), decided at \(decidedAt): \(found)"
    }

    fileprivate var fields: Logger.Metadata {
        ["notebook.id": "\(notebook)", "notebook.name": "\(name)", "action": "\(action == .stop ? "stop" : "prolong")"]
    }
}
