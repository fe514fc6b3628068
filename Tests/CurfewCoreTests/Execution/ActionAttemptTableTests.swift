// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CurfewCore

/// Every phase of an attempt against everything that can happen.
struct ActionAttemptTableTests {
    typealias PhaseName = AttemptBuilder.PhaseName

    /// An event under a name to look it up by.
    struct Named: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var event: ActionAttempt.Event
    }

    static let events: [Named] = [
        Named(testDescription: "intentRecorded", event: .intentRecorded),
        Named(testDescription: "intentNotRecorded", event: .intentNotRecorded("disk full")),
        Named(testDescription: "notGathered", event: .notGathered(AttemptBuilder.problem)),
        Named(testDescription: "verified", event: AttemptBuilder.verified()),
        Named(testDescription: "changed", event: AttemptBuilder.changed(to: Sample.record())),
        Named(testDescription: "answered", event: .answered),
        Named(testDescription: "refused", event: .refused(AttemptBuilder.problem)),
        Named(testDescription: "unclear", event: .refused(ActionAttempt.Problem(.unclear, "reset"))),
        Named(testDescription: "gone", event: .refused(ActionAttempt.Problem(.gone, "6309"))),
        Named(testDescription: "stopped", event: .confirmationRead(Sample.notebook(.stopping))),
        Named(testDescription: "stillRunning", event: .confirmationRead(Sample.notebook())),
        Named(testDescription: "confirmationFailed", event: .confirmationFailed(AttemptBuilder.problem)),
        Named(testDescription: "timeReached", event: .timeReached),
        Named(testDescription: "overtaken", event: .overtaken([.exempt], Sample.notebook())),
        Named(testDescription: "shutdown", event: .shutdown),
    ]

    /// What follows; every pair that is not here changes nothing and asks for nothing.
    static let moves: [PhaseName: [String: PhaseName]] = [
        .recordingIntent: ["intentRecorded": .gathering, "intentNotRecorded": .ended, "shutdown": .ended],
        .gathering: ["notGathered": .waiting, "verified": .calling, "changed": .ended, "shutdown": .ended],
        .calling: ["answered": .confirming, "refused": .waiting, "unclear": .confirming, "gone": .ended],
        .confirming: ["stopped": .ended, "stillRunning": .waiting, "confirmationFailed": .waiting],
        .waiting: ["timeReached": .gathering, "overtaken": .ended, "shutdown": .ended],
        .ended: [:],
    ]

    @Test(arguments: PhaseName.allCases, events)
    func `each event moves only the phase it belongs to`(phase: PhaseName, named: Named) {
        var attempt = AttemptBuilder.attempt(in: phase)
        #expect(AttemptBuilder.name(of: attempt.phase) == phase)
        let before = attempt.phase
        let effects = attempt.handle(named.event, now: noon + .minutes(1), jitter: 0.5)
        guard let next = Self.moves[phase]?[named.testDescription] else {
            #expect(effects.isEmpty)
            #expect(attempt.phase == before)
            return
        }
        #expect(AttemptBuilder.name(of: attempt.phase) == next)
        let calls = effects.count { if case .call = $0 { true } else { false } }
        #expect(calls == (next == .calling ? 1 : 0))
        #expect((attempt.phase == .ended) == effects.contains { if case .finish = $0 { true } else { false } })
    }

    @Test(arguments: PhaseName.allCases)
    func `only a call that is out is waited for at the end`(phase: PhaseName) {
        let attempt = AttemptBuilder.attempt(in: phase)
        #expect(attempt.isCalling == (phase == .calling || phase == .confirming))
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func `I2: whatever happens in whatever order, each call follows a verification of its own`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            var attempt = ActionAttempt(AttemptBuilder.stopDecision, decidedAt: noon)
            var now = noon
            var verifications = 0
            for _ in 0..<40 {
                guard let named = random.pick(Self.events) else { return }
                let wasGathering = AttemptBuilder.name(of: attempt.phase) == .gathering
                let effects = attempt.handle(named.event, now: now, jitter: 0.3)
                if wasGathering, named.testDescription == "verified" { verifications += 1 }
                for effect in effects {
                    switch effect {
                    case .call:
                        #expect(verifications == 1, "seed \(seed)")
                        verifications = 0
                    case .wake(let at): #expect(at > now, "seed \(seed)")
                    default: break
                    }
                }
                now = now + .seconds(random.integer(0...400))
            }
        }
    }
}
