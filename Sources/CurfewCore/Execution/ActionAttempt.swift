// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// One stop or one renewal on its way from the decision to the confirmed outcome.
///
/// A state machine without I/O: `handle` takes what happened and returns what to do next. Its order is fixed: the intent
/// is recorded, then the facts are gathered afresh and planned again, then the call goes out, then reading confirms it,
/// then the outcome is recorded. A try that fails begins again with gathering, so no retry rests on old facts.
package struct ActionAttempt: Sendable {
    package let decision: Decision
    package let decidedAt: Timestamp
    package private(set) var phase: Phase = .recordingIntent
    /// Tries in a row that failed, this far.
    package private(set) var failedTries = 0
    /// When the call went out for the last time; nil while none has.
    package private(set) var sentAt: Timestamp?
    /// How often the call went out.
    package private(set) var sendings = 0
    package private(set) var order: Order?
    /// Whether the daemon ends: then nothing is tried again.
    private var isShuttingDown = false

    package enum Phase: Hashable, Sendable {
        case recordingIntent
        case gathering(since: Timestamp)
        case calling
        case confirming
        case waiting(until: Timestamp)
        case ended
    }

    /// What was ordered, as the planner allowed it.
    package enum Order: Hashable, Sendable {
        case stop(StopOrder)
        case renew(RenewalOrder)
    }

    package enum Event: Sendable {
        case intentRecorded
        case intentNotRecorded(String)
        /// The facts could not be gathered.
        case notGathered(Problem)
        /// Planning on fresh facts gave this.
        case verified(Planner.Verification, NotebookRecord)
        case answered
        case refused(Problem)
        case confirmationRead(Notebook)
        case confirmationFailed(Problem)
        case timeReached
        /// While it waited, planning came to another decision on the notebook as it is now.
        case overtaken([Reason], Notebook)
        /// The wall clock was set back, so the instant that is waited for means nothing any more.
        case clockSetBack
        /// The daemon ends: nothing new may begin.
        case shutdown
    }

    /// Why a step failed, as far as the next step depends on it.
    package struct Problem: Hashable, Sendable {
        package var kind: Kind
        package var text: String

        package enum Kind: Hashable, Sendable {
            /// Worth trying again; not before the given pause, where the cloud asked for one.
            case temporary(atLeast: Duration?)
            /// The same call would be refused again: no point in hurrying.
            case lasting
            /// The notebook is gone.
            case gone
            /// Whether it happened must be read.
            case unclear
        }

        package init(_ kind: Kind, _ text: String) {
            self.kind = kind
            self.text = text
        }
    }

    package enum Effect: Sendable, Equatable {
        /// Read the notebook and look at its evidence, all after the given instant.
        case gather(since: Timestamp)
        case call(Order)
        case confirm
        case wake(at: Timestamp)
        case finish(Outcome)
        /// The action failed too often; it will be tried again, but rarely.
        case becameStuck(String)
    }

    /// The calls of an attempt.
    package struct Calls: Hashable, Sendable {
        /// When the last one went out; nil while none has.
        package var lastAt: Timestamp?
        package var count: Int

        package init(lastAt: Timestamp?, count: Int) {
            (self.lastAt, self.count) = (lastAt, count)
        }
    }

    /// The calls that went out, this far.
    package var calls: Calls { Calls(lastAt: sentAt, count: sendings) }

    /// How an attempt ended.
    package enum Outcome: Hashable, Sendable {
        case confirmed
        /// Fresh facts said otherwise; nothing was sent since.
        case overtaken([Reason])
        case gone
        case abandoned(String)
    }

    package init(_ decision: Decision, decidedAt: Timestamp) {
        self.decision = decision
        self.decidedAt = decidedAt
    }

    /// Whether a call is out whose reply should be awaited before the daemon ends.
    package var isCalling: Bool { phase == .calling || phase == .confirming }

    /// Whether it failed too often and is tried rarely.
    package var isStuck: Bool { failedTries >= RetrySchedule.tries }

    package mutating func handle(_ event: Event, now: Timestamp, jitter: Double) -> [Effect] {
        switch (phase, event) {
        case (.recordingIntent, .intentRecorded): return gather(now)
        case (.recordingIntent, .intentNotRecorded(let text)): return finish(.abandoned(text))
        case (.gathering, .notGathered(let problem)): return retry(problem, now, jitter)
        case (.gathering, .verified(let verification, let record)): return verified(verification, record, now)
        case (.calling, .answered): return confirm()
        case (.calling, .refused(let problem)):
            if problem.kind == .unclear { return confirm() }
            return retry(problem, now, jitter)
        case (.confirming, .confirmationRead(let notebook)): return confirmed(by: notebook, now, jitter)
        case (.confirming, .confirmationFailed(let problem)): return retry(problem, now, jitter)
        case (.waiting(let until), .timeReached):
            return now >= until ? gather(now) : [.wake(at: until)]
        case (.waiting, .clockSetBack): return gather(now)
        case (.waiting, .overtaken(let reasons, let notebook)): return overtaken(reasons, notebook)
        case (.recordingIntent, .shutdown), (.gathering, .shutdown), (.waiting, .shutdown):
            return finish(.abandoned("the daemon is stopping"))
        case (.calling, .shutdown), (.confirming, .shutdown):
            isShuttingDown = true
            return []
        default: return []
        }
    }

    private mutating func gather(_ now: Timestamp) -> [Effect] {
        phase = .gathering(since: now)
        return [.gather(since: now)]
    }

    private mutating func confirm() -> [Effect] {
        phase = .confirming
        return [.confirm]
    }

    private mutating func finish(_ outcome: Outcome) -> [Effect] {
        phase = .ended
        return [.finish(outcome)]
    }

    private mutating func verified(
        _ verification: Planner.Verification,
        _ record: NotebookRecord,
        _ now: Timestamp
    ) -> [Effect] {
        switch verification {
        case .stop(let stop): return call(.stop(stop), now)
        case .renew(let renewal): return call(.renew(renewal), now)
        case .changed(let decision): return overtaken(decision.reasons, record.notebook)
        }
    }

    private mutating func overtaken(_ reasons: [Reason], _ notebook: Notebook) -> [Effect] {
        // A call whose reply was lost may have done it: then the fresh facts are its confirmation.
        if let order, let sentAt, order.isDone(notebook, sentAt: sentAt) { return finish(.confirmed) }
        return finish(.overtaken(reasons))
    }

    private mutating func call(_ order: Order, _ now: Timestamp) -> [Effect] {
        self.order = order
        sentAt = now
        sendings += 1
        phase = .calling
        return [.call(order)]
    }

    private mutating func confirmed(by notebook: Notebook, _ now: Timestamp, _ jitter: Double) -> [Effect] {
        guard let order, let sentAt else { return finish(.abandoned("nothing was sent")) }
        if order.isDone(notebook, sentAt: sentAt) { return finish(.confirmed) }
        return retry(Problem(.temporary(atLeast: nil), order.unconfirmed(notebook)), now, jitter)
    }

    private mutating func retry(_ problem: Problem, _ now: Timestamp, _ jitter: Double) -> [Effect] {
        if problem.kind == .gone { return finish(.gone) }
        if isShuttingDown { return finish(.abandoned("the daemon is stopping; \(problem.text)")) }
        let wasStuck = isStuck
        failedTries = problem.kind == .lasting ? max(failedTries + 1, RetrySchedule.tries) : failedTries + 1
        var pause = isStuck ? stuckPause(now) : RetrySchedule.pause(afterTry: failedTries, jitter: jitter)
        if case .temporary(let least?) = problem.kind { pause = max(pause, least) }
        phase = .waiting(until: now + pause)
        return (isStuck && !wasStuck ? [.becameStuck(problem.text)] : []) + [.wake(at: now + pause)]
    }

    /// The pause of a stuck action; a renewal halves the time that its lease has left, so that it does not run out while
    /// the cloud can be reached again.
    private func stuckPause(_ now: Timestamp) -> Duration {
        let left = decision.reasons.lazy.compactMap { reason -> Duration? in
            if case .leaseEnding(let left) = reason { left } else { nil }
        }.first
        guard let left, decidedAt + left > now else { return RetrySchedule.stuckPause }
        return min(RetrySchedule.stuckPause, max((decidedAt + left - now) / 2, .seconds(60)))
    }
}

extension ActionAttempt.Order {
    /// How much a confirmed lease may end earlier than ordered: requests take time, and clocks differ a little.
    private static let tolerance: Duration = .seconds(90)

    /// Whether a fresh reading shows that the order was carried out.
    func isDone(_ notebook: Notebook, sentAt: Timestamp) -> Bool {
        switch self {
        case .stop: return notebook.status.isStoppedOrStopping
        case .renew(let renewal):
            guard let lease = notebook.lease.lease else { return false }
            return Self.isLease(lease, of: renewal.kind, lasting: renewal.duration, since: sentAt)
        }
    }

    /// Whether the lease is as a renewal that was sent then, or a little later, leaves it.
    package static func isLease(
        _ lease: Lease,
        of kind: Lease.Kind,
        lasting duration: Duration,
        since sentAt: Timestamp
    ) -> Bool {
        guard lease.kind == kind, let expiry = lease.expiry else { return false }
        return expiry >= sentAt + duration - tolerance
    }

    /// What the reading showed instead, for people.
    func unconfirmed(_ notebook: Notebook) -> String {
        switch self {
        case .stop: "the cloud took the stop, but the notebook is still \(notebook.status)"
        case .renew:
            "the cloud took the renewal, but the lease "
                + (notebook.lease.lease?.expiry.map { "still ends at \($0)" } ?? "cannot be read")
        }
    }
}
