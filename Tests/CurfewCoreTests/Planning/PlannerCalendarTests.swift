// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CurfewCore

struct PlannerCalendarTests {
    @Test func `D16: no day of the year is special, a holiday is what the policy says`() {
        let policy = Sample.policy(Sample.idle())
        for day in 0..<1_000 {
            let now = noon + .days(day)
            func action(idleFor span: Duration) -> Decision.Action {
                let lease = Sample.lease(left: .hours(10), at: now)
                let notebook = Sample.notebook(lease: lease, updatedAt: now - .days(1))
                let look = Sample.look(.idle(since: now - span), at: now)
                let record = Sample.record(notebook, startedAt: now - .hours(5), readAt: now, looks: [look])
                return Planner.decide(record, policy: policy, now: now).action
            }
            #expect(action(idleFor: .minutes(61)) == .stop, "\(now)")
            #expect(action(idleFor: .minutes(59)) == .leave, "\(now)")
        }
    }
}
