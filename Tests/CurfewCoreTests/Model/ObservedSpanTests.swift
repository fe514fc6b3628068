// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@Suite("A look that sums up a span of time")
struct ObservedSpanTests {
    private static let window = Duration.minutes(25)
    private static let lag = Duration.minutes(5)

    private func look(_ activity: Activity, at instant: Timestamp) -> Observation {
        Observation(
            source: Sample.accelerator,
            activity: activity,
            observedAt: instant,
            span: ObservedSpan(from: instant - Self.window, completeUntil: instant - Self.lag)
        )
    }

    private func idle(at instant: Timestamp) -> Observation {
        look(.idle(since: instant - Self.window), at: instant)
    }

    @Test func `I3: use somewhere in the span is known for its beginning only`() {
        var record = Sample.record()
        record.add(look(.active, at: noon))
        #expect(record.lastKnownActivityAt == noon - Self.window)
    }

    @Test func `idle spans without a gap are one, and its beginning stays`() {
        var record = Sample.record()
        for minute in 0..<120 { record.add(idle(at: noon + .minutes(minute))) }
        #expect(record.observation(of: Sample.accelerator)?.activity == .idle(since: noon - Self.window))
        #expect(record.lastKnownActivityAt == noon - Self.window)
    }

    @Test func `what the last look may have missed makes a gap`() {
        var record = Sample.record()
        let next = noon + Self.window - Self.lag + .seconds(1)
        record.add(idle(at: noon))
        record.add(idle(at: next))
        #expect(record.observation(of: Sample.accelerator)?.activity == .idle(since: next - Self.window))
    }

    @Test(arguments: [Activity.active, .unknown(.cannotTell("no series"))])
    func `use or silence in between ends the span`(between: Activity) {
        var record = Sample.record()
        record.add(idle(at: noon))
        record.add(look(between, at: noon + .minutes(1)))
        record.add(idle(at: noon + .minutes(2)))
        let since = noon + .minutes(2) - Self.window
        #expect(record.observation(of: Sample.accelerator)?.activity == .idle(since: since))
    }
}
