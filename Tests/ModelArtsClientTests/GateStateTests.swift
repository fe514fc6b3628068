// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import TestSupport
import Testing

@testable import ModelArtsClient

@Suite struct GateStateTests {
    private let start = ManualTime.start

    private func gate() -> GateState<Int> {
        GateState(limit: AuthenticationGate.limit, pause: AuthenticationGate.pause)
    }

    private func admitted(_ effects: [GateState<Int>.Effect]) -> [Int] {
        effects.compactMap { if case .admit(let waiter) = $0 { waiter } else { nil } }
    }

    private func refused(_ effects: [GateState<Int>.Effect]) -> [Int] {
        effects.compactMap { if case .refuse(let waiter, _) = $0 { waiter } else { nil } }
    }

    @Test func `the pause is longer than the cloud's lock of five minutes`() {
        #expect(AuthenticationGate.pause > .seconds(300))
        #expect(AuthenticationGate.limit == 3)
    }

    @Test func `three go at once, and the next follows when one has ended`() {
        var gate = gate()
        for waiter in 1...3 {
            #expect(admitted(gate.handle(arrival: waiter, priority: .page, now: start)) == [waiter])
        }
        #expect(gate.handle(arrival: 4, priority: .page, now: start).isEmpty)
        #expect(admitted(gate.handle(end: .accepted, now: start)) == [4])
    }

    @Test func `what concerns one notebook goes before pages`() {
        var gate = gate()
        for waiter in 1...3 { _ = gate.handle(arrival: waiter, priority: .page, now: start) }
        _ = gate.handle(arrival: 4, priority: .page, now: start)
        _ = gate.handle(arrival: 5, priority: .single, now: start)
        #expect(admitted(gate.handle(end: .accepted, now: start)) == [5])
        #expect(admitted(gate.handle(end: .undecided, now: start)) == [4])
    }

    @Test func `what was ordered goes before what is read`() {
        var gate = gate()
        for waiter in 1...3 { _ = gate.handle(arrival: waiter, priority: .page, now: start) }
        _ = gate.handle(arrival: 4, priority: .single, now: start)
        _ = gate.handle(arrival: 5, priority: .order, now: start)
        #expect(admitted(gate.handle(end: .accepted, now: start)) == [5])
        #expect(admitted(gate.handle(end: .accepted, now: start)) == [4])
    }

    @Test func `each refusal narrows the gate, and one acceptance opens it`() {
        var gate = gate()
        for waiter in 1...5 { _ = gate.handle(arrival: waiter, priority: .single, now: start) }
        #expect(gate.handle(end: .refused, now: start).isEmpty)
        #expect(gate.handle(end: .refused, now: start).isEmpty)
        #expect(admitted(gate.handle(end: .accepted, now: start)) == [4, 5])
    }

    @Test func `I12: after three refusals all who wait are sent away, and newcomers until the pause is over`() {
        var gate = gate()
        for waiter in 1...5 { _ = gate.handle(arrival: waiter, priority: .page, now: start) }
        _ = gate.handle(end: .refused, now: start)
        _ = gate.handle(end: .refused, now: start)
        #expect(refused(gate.handle(end: .refused, now: start)) == [4, 5])
        #expect(gate.pausedUntil(now: start) == start + .seconds(360))
        #expect(refused(gate.handle(arrival: 6, priority: .single, now: start + .seconds(359))) == [6])
        #expect(admitted(gate.handle(arrival: 7, priority: .single, now: start + .seconds(360))) == [7])
        #expect(gate.handle(arrival: 8, priority: .single, now: start + .seconds(360)).isEmpty)
        // One more refusal, and the pause begins anew.
        #expect(refused(gate.handle(end: .refused, now: start + .seconds(361))) == [8])
        #expect(refused(gate.handle(arrival: 9, priority: .single, now: start + .seconds(720))) == [9])
        _ = gate.handle(arrival: 10, priority: .single, now: start + .seconds(721))
        _ = gate.handle(arrival: 11, priority: .single, now: start + .seconds(721))
        _ = gate.handle(arrival: 12, priority: .single, now: start + .seconds(721))
        #expect(admitted(gate.handle(end: .undecided, now: start + .seconds(722))) == [11])
        #expect(admitted(gate.handle(end: .accepted, now: start + .seconds(723))) == [12])
    }

    @Test func `a clock that is set back does not prolong the pause`() {
        var gate = gate()
        for waiter in 1...3 { _ = gate.handle(arrival: waiter, priority: .page, now: start) }
        for _ in 1...3 { _ = gate.handle(end: .refused, now: start) }
        let back = start - .seconds(86_400)
        #expect(refused(gate.handle(arrival: 4, priority: .single, now: back)) == [4])
        #expect(admitted(gate.handle(arrival: 5, priority: .single, now: back + .seconds(360))) == [5])
    }

    @Test func `I12: whatever happens, requests in flight and refusals in a row are never more than three`() {
        var random = SplitMix(seed: 12)
        for _ in 0..<200 {
            var gate = gate()
            var now = start
            var inFlight = 0
            var refusalsInARow = 0
            var pausedSince: Timestamp?
            for step in 0..<300 {
                let effects: [GateState<Int>.Effect]
                if inFlight == 0 || random.next() % 2 == 0 {
                    now = now + .seconds(Int(random.next() % 120))
                    effects = gate.handle(
                        arrival: step,
                        priority: random.next() % 2 == 0 ? .page : .single,
                        now: now
                    )
                } else {
                    inFlight -= 1
                    let verdicts: [AuthenticationGate.Verdict] = [.accepted, .refused, .refused, .undecided]
                    let verdict = verdicts[Int(random.next() % 4)]
                    if verdict == .refused { refusalsInARow += 1 }
                    if verdict == .accepted { refusalsInARow = 0 }
                    if verdict == .refused, refusalsInARow >= 3 { pausedSince = now }
                    effects = gate.handle(end: verdict, now: now)
                }
                let admitted = admitted(effects).count
                if admitted > 0, let since = pausedSince { #expect(now >= since + AuthenticationGate.pause) }
                if admitted > 0 { pausedSince = nil }
                inFlight += admitted
                #expect(inFlight <= max(1, 3 - refusalsInARow) || admitted == 0)
            }
        }
    }
}
