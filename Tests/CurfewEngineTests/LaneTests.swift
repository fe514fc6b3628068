// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

struct LaneTests {
    @Test func `so much runs at a time, and the rest begins in order as it ends`() {
        var lane = Lane<Int>(limit: 2)
        let entered = [lane.enter(1), lane.enter(2), lane.enter(3), lane.enter(4)]
        #expect(entered == [1, 2, nil, nil])
        let left = [lane.leave(), lane.leave(), lane.leave(), lane.leave()]
        #expect(left == [3, 4, nil, nil])
        let again = [lane.enter(5), lane.enter(6), lane.enter(7)]
        #expect(again == [5, 6, nil])
    }

    @Test func `an alarm is ordered only when none comes in time`() {
        var alarm = Alarm()
        let ordered = [
            alarm.mustOrder(noon + .seconds(10)), alarm.mustOrder(noon + .seconds(10)),
            alarm.mustOrder(noon + .seconds(20)), alarm.mustOrder(noon + .seconds(5)),
        ]
        #expect(ordered == [true, false, false, true])
        alarm.turned(noon + .seconds(5), isTick: true)
        let next = alarm.mustOrder(noon + .seconds(7))
        #expect(next)
        alarm.turned(noon + .seconds(10), isTick: true)
        let last = alarm.mustOrder(noon + .seconds(20))
        #expect(last)
    }

    @Test func `an alarm after a clock was set back is ordered anew`() {
        var alarm = Alarm()
        let first = alarm.mustOrder(noon + .hours(9))
        alarm.turned(noon, isTick: false)
        let second = alarm.mustOrder(noon + .seconds(1))
        #expect(first && second)
    }

    @Test func `a tick that comes a moment early is not waited for any more`() {
        var alarm = Alarm()
        let first = alarm.mustOrder(noon + .seconds(10))
        alarm.turned(noon + .milliseconds(9_999), isTick: true)
        let second = alarm.mustOrder(noon + .seconds(10))
        #expect(first && second)
    }

    @Test func `a tick from before a clock was set back is not relied on`() {
        var alarm = Alarm()
        alarm.turned(noon, isTick: false)
        let first = alarm.mustOrder(noon + .seconds(10))
        alarm.turned(noon - .hours(3), isTick: false)
        let second = alarm.mustOrder(noon + .seconds(20))
        #expect(first && second)
    }

    @Test func `wakes come in the order of their time, none early`() {
        var queue = WakeQueue()
        var random = SeededGenerator(seed: 3)
        let times = (0..<200).map { _ in noon + .milliseconds(random.integer(0...10_000)) }
        for (index, time) in times.enumerated() { queue.add(NotebookID("n\(index)"), at: time) }
        var popped: [Timestamp] = []
        for step in stride(from: 0, through: 10_000, by: 500) {
            let now = noon + .milliseconds(step)
            while let (_, at) = queue.popDue(now) {
                #expect(at <= now)
                popped.append(at)
            }
            #expect(queue.next.map { $0 > now } ?? true)
        }
        #expect(popped == times.sorted())
        #expect(queue.next == nil)
    }
}
