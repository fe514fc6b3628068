// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

/// Tabs that stay open and loads that stay the same.
struct ActivityTraceTests {
    private let settings = PlausibilitySettings()

    private func look(_ hour: Int, _ activity: Activity = .active, _ signals: Signals) -> Observation {
        Observation(source: Sample.jupyter, activity: activity, observedAt: noon + .hours(hour), signals: signals)
    }

    private func codes(_ looks: [Observation]) -> [String] {
        var trace = ActivityTrace()
        for look in looks { trace.add(look) }
        return trace.findings(settings).map(\.code)
    }

    private func tab(_ hours: [Int], executedAt: Timestamp? = nil, connections: Int = 1) -> [Observation] {
        hours.map { look($0, .active, Signals(connections: connections, executedAt: executedAt)) }
    }

    @Test func `a tab that is open for days without an execution is reported`() {
        #expect(codes(tab(Array(0...48))).isEmpty)
        #expect(codes(tab(Array(0...49))) == ["open-tab"])
        #expect(codes(tab(Array(0...49), executedAt: noon - .hours(3))) == ["open-tab"])
    }

    @Test func `an execution, a closed tab or a kernel at work begins the time anew`() {
        let hours = Array(0...30)
        let later = Array(31...60)
        #expect(codes(tab(hours, executedAt: noon) + tab(later, executedAt: noon + .hours(30))).isEmpty)
        #expect(codes(tab(hours) + tab([31], connections: 0) + tab(Array(32...60))).isEmpty)
        #expect(
            codes(tab(hours) + [look(31, .active, Signals(connections: 1, isExecuting: true))] + tab(Array(32...60)))
                .isEmpty
        )
    }

    @Test func `a look that could not tell says nothing for or against`() {
        let dark = look(20, .unknown(.noAccess), Signals())
        #expect(codes(tab(Array(0...19)) + [dark] + tab(Array(21...49))) == ["open-tab"])
    }

    private func loads(_ values: [Double], _ activity: Activity = .active) -> [Observation] {
        values.enumerated().map { look($0, activity, Signals(load: $1)) }
    }

    @Test func `a load of exactly one value at twelve looks is reported`() {
        #expect(codes(loads(Array(repeating: 37.5, count: 11))).isEmpty)
        #expect(codes(loads(Array(repeating: 37.5, count: 12))) == ["constant-load"])
        #expect(codes(loads(Array(repeating: 37.5, count: 11) + [37.4] + Array(repeating: 37.5, count: 11))).isEmpty)
    }

    @Test(arguments: [0.0, 1, 100])
    func `a load at an end of its scale is no finding`(value: Double) {
        #expect(codes(loads(Array(repeating: value, count: 40))).isEmpty)
    }

    @Test func `a load that counts as idle, or one answer handed out often, is no finding`() {
        #expect(codes(loads(Array(repeating: 3, count: 40), .idle(since: noon))).isEmpty)
        #expect(codes((0..<40).map { _ in look(1, .active, Signals(load: 37.5)) }).isEmpty)
    }
}
