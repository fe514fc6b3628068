// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CurfewCore

/// Brings attempts into the phase that a test is about.
struct AttemptBuilder {
    static let problem = ActionAttempt.Problem(.temporary(atLeast: nil), "HTTP 503")
    static let stop = StopOrder(notebook: Sample.notebook().id, validity: OrderValidity(verifiedAt: noon))
    static let renewal = RenewalOrder(
        notebook: Sample.notebook().id,
        duration: .hours(2),
        kind: .timing,
        validity: OrderValidity(verifiedAt: noon)
    )

    static let stopDecision = Decision(.stop, for: Sample.notebook().id, rule: "rule 1", reasons: [.evidenceDue])
    static let renewalDecision = Decision(
        .prolong(.hours(2), .timing),
        for: Sample.notebook().id,
        rule: "rule 1",
        reasons: [.keptAlive(until: nil, reason: nil), .leaseEnding(left: .minutes(30))]
    )

    enum PhaseName: String, CaseIterable, Sendable {
        case recordingIntent, gathering, calling, confirming, waiting, ended
    }

    /// An attempt to stop in the given phase; all steps happened at noon.
    static func attempt(in phase: PhaseName, _ decision: Decision = stopDecision) -> ActionAttempt {
        var attempt = ActionAttempt(decision, decidedAt: noon)
        func feed(_ event: ActionAttempt.Event) { _ = attempt.handle(event, now: noon, jitter: 0.5) }
        switch phase {
        case .recordingIntent: break
        case .gathering: feed(.intentRecorded)
        case .calling:
            feed(.intentRecorded)
            feed(verified(decision))
        case .confirming:
            feed(.intentRecorded)
            feed(verified(decision))
            feed(.answered)
        case .waiting:
            feed(.intentRecorded)
            feed(.notGathered(problem))
        case .ended: feed(.intentNotRecorded("disk full"))
        }
        return attempt
    }

    /// The event that gives the order for the decision.
    static func verified(_ decision: Decision = stopDecision) -> ActionAttempt.Event {
        .verified(decision.action == .stop ? .stop(stop) : .renew(renewal), Sample.record())
    }

    static func changed(to record: NotebookRecord) -> ActionAttempt.Event {
        .verified(.changed(Decision(.leave, for: record.notebook.id, reasons: [.noRule])), record)
    }

    static func name(of phase: ActionAttempt.Phase) -> PhaseName {
        switch phase {
        case .recordingIntent: .recordingIntent
        case .gathering: .gathering
        case .calling: .calling
        case .confirming: .confirming
        case .waiting: .waiting
        case .ended: .ended
        }
    }
}

/// An attempt that takes its events by a plain call, so that a test can say in one line what it expects of each.
@dynamicMemberLookup
final class RunningAttempt {
    private var attempt: ActionAttempt

    init(_ phase: AttemptBuilder.PhaseName, _ decision: Decision = AttemptBuilder.stopDecision) {
        attempt = AttemptBuilder.attempt(in: phase, decision)
    }

    subscript<Value>(dynamicMember path: KeyPath<ActionAttempt, Value>) -> Value { attempt[keyPath: path] }

    func handle(_ event: ActionAttempt.Event, now: Timestamp) -> [ActionAttempt.Effect] {
        attempt.handle(event, now: now, jitter: 0.5)
    }

    /// The same, so long after noon.
    func step(_ event: ActionAttempt.Event, _ after: Duration = .zero) -> [ActionAttempt.Effect] {
        handle(event, now: noon + after)
    }
}
