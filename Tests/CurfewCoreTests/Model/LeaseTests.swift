// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct LeaseTests {
    /// Published captures of one notebook (ModelArts API reference): the lease ends at its last change plus what was
    /// asked for.
    @Test(
        arguments: [
            (3_600_000, 1_687_656_452_470), (3_627_372, 1_687_656_479_842), (4_657_544, 1_687_657_510_014),
            (6_199_814, 1_687_659_052_284), (6_540_099, 1_687_659_392_569),
        ] as [(Int64, Int64)]
    )
    func `captured leases end one hour after they were set`(duration: Int64, updated: Int64) {
        let lease = Lease(
            isEnabled: true,
            kind: .timing,
            createdAt: Timestamp(milliseconds: 1_687_656_452_470),
            duration: .milliseconds(duration),
            updatedAt: Timestamp(milliseconds: updated)
        )
        #expect(lease.expiry == Timestamp(milliseconds: updated) + .hours(1))
    }

    @Test(
        arguments: [
            (false, Duration.hours(1)), (true, .milliseconds(-1)), (true, .zero), (false, .milliseconds(-1)),
            (true, .seconds(-5)),
        ] as [(Bool, Duration)]
    )
    func `a lease that is disabled or has no positive duration cannot run out`(isEnabled: Bool, duration: Duration) {
        let lease = Lease(isEnabled: isEnabled, kind: .timing, createdAt: noon, duration: duration, updatedAt: nil)
        #expect(lease.expiry == nil)
    }

    @Test func `a duration that no calendar holds does not overflow`() {
        let lease = Lease(
            isEnabled: true,
            kind: .timing,
            createdAt: noon,
            duration: .milliseconds(Int64.max),
            updatedAt: nil
        )
        #expect(lease.expiry == Timestamp(milliseconds: .max))
    }

    @Test(
        arguments: [
            (nil, Lease.Kind.timing), ("", .timing), ("TIMING", .timing), ("timing", .timing), ("IDLE", .idle),
            ("Idle", .idle), ("FOREVER", .unrecognized("FOREVER")),
        ] as [(String?, Lease.Kind)]
    )
    func `a missing type is TIMING, and case does not matter`(word: String?, kind: Lease.Kind) {
        #expect(Lease.Kind(word: word) == kind)
        if let word, !word.isEmpty, kind != .unrecognized(word) { #expect(kind.description == word.uppercased()) }
    }

    @Test func `an unreadable lease is none`() {
        #expect(LeaseReading.unreadable.lease == nil)
        #expect(Sample.lease(left: .hours(1)).lease?.expiry == noon + .hours(1))
    }
}
