// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import ActivityProbes

@Suite struct ServerClockTests {
    /// 1994-11-06T08:49:37Z, which is what the header below says.
    private let date = Timestamp(milliseconds: 784_111_777_000)
    private let header = "Sun, 06 Nov 1994 08:49:37 GMT"

    @Test func `stamps of a server that is an hour behind are moved to our time`() throws {
        let now = date + .seconds(3_600)
        let clock = ServerClock(date: header, receivedAt: now)
        #expect(try clock.instant(date - .seconds(60), now: now) == now - .seconds(60))
    }

    @Test func `stamps of a server that is an hour ahead count as they are, at the latest as now`() throws {
        let now = date - .seconds(3_600)
        let clock = ServerClock(date: header, receivedAt: now)
        #expect(try clock.instant(date - .seconds(60), now: now) == now)
        #expect(try clock.instant(now - .seconds(60), now: now) == now - .seconds(60))
    }

    @Test(arguments: [-5, 0, 5]) func `a few seconds are no difference`(seconds: Int) {
        #expect(ServerClock(date: header, receivedAt: date + .seconds(seconds)).lag == .zero)
    }

    @Test(arguments: [nil, "", "yesterday"]) func `without a readable date nothing is corrected`(header: String?) {
        #expect(ServerClock(date: header, receivedAt: date + .seconds(3_600)).lag == .zero)
    }

    @Test func `a stamp from the future is unintelligible beyond a minute, and now within it`() throws {
        let clock = ServerClock(date: header, receivedAt: date)
        #expect(try clock.instant(date + .seconds(60), now: date) == date)
        #expect(throws: ProbeFailure.self) { try clock.instant(date + .seconds(61), now: date) }
    }

    @Test func `a hostile stamp does not trap`() throws {
        let clock = ServerClock(date: header, receivedAt: date + .seconds(3_600))
        #expect(throws: ProbeFailure.self) { try clock.instant(Timestamp(milliseconds: .max), now: date) }
        _ = try clock.instant(Timestamp(milliseconds: .min + 1), now: date)
    }

    @Test func `of several replies the one that makes stamps latest counts`() {
        let clocks = [0, 600, -600].map { ServerClock(date: header, receivedAt: date + .seconds($0)) }
        #expect(ServerClock(safestOf: clocks).lag == .seconds(600))
        #expect(ServerClock(safestOf: []).lag == .zero)
    }
}
