// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct ReasonTests {
    private static let all: [Reason] = [
        .noRule, .notRunning(.stopped), .exempt, .keptAlive(until: noon, reason: "release"), .leaseUnreadable,
        .leaseUnlimited, .leaseLongEnough(left: .hours(1)), .leaseEnding(left: .minutes(1)), .leaseOfTypeIdle,
        .active(source: Sample.jupyter, detail: "kernel busy"), .withinBudget(idle: .minutes(1), budget: .hours(1)),
        .idleBudgetSpent(idle: .hours(2), budget: .hours(1)),
        .evidenceUnknown(source: Sample.jupyter, .unreachable("timeout")), .evidenceTooThin(speaking: 1, wanted: 2),
        .evidenceDue, .stopRule(running: .days(3)), .warningDue(stopAt: noon), .warned(at: noon, stopAt: noon),
        .markUnreadable("yes"), .held(.outage(since: noon)), .held(.coldStart(until: nil)),
        .held(.blind(unknown: 3, of: 3)), .held(.tooManyStops(due: 6, limit: 5)),
    ]

    @Test func `each ground has a stable name of its own`() {
        let codes = Self.all.map(\.code)
        #expect(Set(codes).count == codes.count)
        for code in codes { #expect(code.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(code)") }
    }

    @Test func `each ground says itself in words`() {
        let texts = Self.all.map(\.description)
        #expect(texts.allSatisfy { !$0.isEmpty })
        #expect(texts.contains("idle for 2h, budget 1h"))
        #expect(texts.contains("activity unknown (jupyter: unreachable: timeout)"))
        #expect(Reason.leaseEnding(left: .seconds(-90)).description == "its lease ran out 1min 30s ago")
    }

    @Test(arguments: [
        Activity.Unknown.notObserved, .stale, .noAccess, .unreachable("x"), .refused("x"), .unintelligible("x"),
        .cannotTell("x"),
        .noSuchSource,
    ])
    func `each silence says itself in words`(why: Activity.Unknown) {
        #expect(!why.description.isEmpty)
    }

    @Test(
        arguments: [
            (Decision.Action.leave, "leave"), (.warn(stopAt: noon), "warn"), (.prolong(.hours(1), .timing), "prolong"),
            (.stop, "stop"),
        ] as [(Decision.Action, String)]
    )
    func `each action has a name`(action: Decision.Action, name: String) {
        #expect(action.name == name)
    }
}
