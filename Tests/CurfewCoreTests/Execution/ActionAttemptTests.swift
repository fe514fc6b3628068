// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CurfewCore

struct ActionAttemptTests {
    typealias Problem = ActionAttempt.Problem

    @Test func `the steps are intent, fresh facts, call, confirmation`() {
        let attempt = RunningAttempt(.recordingIntent)
        #expect(attempt.step(.intentRecorded, .seconds(1)) == [.gather(since: noon + .seconds(1))])
        #expect(attempt.step(AttemptBuilder.verified(), .seconds(2)) == [.call(.stop(AttemptBuilder.stop))])
        #expect(attempt.sentAt == noon + .seconds(2))
        #expect(attempt.order == .stop(AttemptBuilder.stop))
        #expect(attempt.step(.answered, .seconds(3)) == [.confirm])
        let read = attempt.step(.confirmationRead(Sample.notebook(.stopping)), .seconds(4))
        #expect(read == [.finish(.confirmed)])
        #expect(attempt.failedTries == 0)
    }

    @Test func `an intent that could not be kept ends it before anything is sent`() {
        let attempt = RunningAttempt(.recordingIntent)
        #expect(attempt.step(.intentNotRecorded("disk full")) == [.finish(.abandoned("disk full"))])
        #expect(attempt.sentAt == nil)
    }

    @Test func `D12: fresh facts that say otherwise end it with their reasons`() {
        let attempt = RunningAttempt(.gathering)
        #expect(attempt.step(AttemptBuilder.changed(to: Sample.record())) == [.finish(.overtaken([.noRule]))])
    }

    @Test func `I2: each try gathers afresh`() {
        let attempt = RunningAttempt(.calling)
        _ = attempt.step(.refused(AttemptBuilder.problem))
        #expect(attempt.step(.timeReached, .seconds(9)) == [.gather(since: noon + .seconds(9))])
        #expect(attempt.phase == .gathering(since: noon + .seconds(9)))
    }

    @Test func `a tick that comes early only asks for another one`() {
        let attempt = RunningAttempt(.waiting)
        guard case .waiting(let until) = attempt.phase else {
            Issue.record("not waiting")
            return
        }
        #expect(attempt.step(.timeReached) == [.wake(at: until)])
        #expect(attempt.phase == .waiting(until: until))
        #expect(attempt.failedTries == 1)
    }

    @Test func `D26, I12: five failed tries make it stuck, once, and it is tried again every quarter of an hour`() {
        let attempt = RunningAttempt(.gathering)
        var now = noon
        var stuckReports = 0
        for number in 1...9 {
            let effects = attempt.handle(.notGathered(AttemptBuilder.problem), now: now)
            stuckReports += effects.count { if case .becameStuck = $0 { true } else { false } }
            #expect(attempt.failedTries == number)
            #expect(attempt.isStuck == (number >= 5))
            #expect(stuckReports == (number >= 5 ? 1 : 0))
            guard case .waiting(let until) = attempt.phase else {
                Issue.record("not waiting")
                return
            }
            let pause = until - now
            #expect(pause == (number >= 5 ? .minutes(15) : .seconds(1 << (number - 1))))
            #expect(effects.last == .wake(at: until))
            now = until
            #expect(attempt.handle(.timeReached, now: now) == [.gather(since: now)])
        }
    }

    @Test func `a lasting problem makes it stuck at once`() {
        let attempt = RunningAttempt(.calling)
        let effects = attempt.step(.refused(Problem(.lasting, "HTTP 403")))
        #expect(effects == [.becameStuck("HTTP 403"), .wake(at: noon + .minutes(15))])
        #expect(attempt.isStuck)
    }

    @Test(arguments: [(Duration.seconds(20), Duration.seconds(20)), (.milliseconds(10), .seconds(1))])
    func `a pause that the cloud asks for is kept`(asked: Duration, pause: Duration) {
        let attempt = RunningAttempt(.calling)
        let effects = attempt.step(.refused(Problem(.temporary(atLeast: asked), "HTTP 429")))
        #expect(effects == [.wake(at: noon + pause)])
    }

    @Test func `a notebook that is gone ends it, wherever that is learned`() {
        for phase in [AttemptBuilder.PhaseName.gathering, .calling, .confirming] {
            let attempt = RunningAttempt(phase)
            let gone = Problem(.gone, "ModelArts.6309")
            let event: ActionAttempt.Event =
                switch phase {
                case .gathering: .notGathered(gone)
                case .calling: .refused(gone)
                default: .confirmationFailed(gone)
                }
            #expect(attempt.step(event) == [.finish(.gone)])
        }
    }

    @Test func `a lost reply is settled by reading`() {
        let attempt = RunningAttempt(.calling)
        #expect(attempt.step(.refused(Problem(.unclear, "connection reset"))) == [.confirm])
        #expect(attempt.step(.confirmationRead(Sample.notebook(.stopped))) == [.finish(.confirmed)])
    }

    @Test func `a lost reply whose reading fails too is settled by the next fresh facts`() {
        let attempt = RunningAttempt(.calling)
        _ = attempt.step(.refused(Problem(.unclear, "connection reset")))
        _ = attempt.step(.confirmationFailed(AttemptBuilder.problem))
        _ = attempt.step(.timeReached, .seconds(5))
        let stopped = Sample.record(Sample.notebook(.stopped))
        #expect(attempt.step(AttemptBuilder.changed(to: stopped)) == [.finish(.confirmed)])
    }

    @Test func `I8: a page that shows the stop done while it waits confirms it`() {
        let attempt = RunningAttempt(.calling)
        _ = attempt.step(.refused(AttemptBuilder.problem))
        let effects = attempt.step(.overtaken([.notRunning(.stopped)], Sample.notebook(.stopped)))
        #expect(effects == [.finish(.confirmed)])
    }

    @Test func `I8: a stop that somebody else did before anything was sent is not claimed`() {
        let attempt = RunningAttempt(.waiting)
        let effects = attempt.step(.overtaken([.notRunning(.stopped)], Sample.notebook(.stopped)))
        #expect(effects == [.finish(.overtaken([.notRunning(.stopped)]))])
    }

    @Test func `D22: a notebook that was started again after the stop is not claimed as stopped`() {
        let attempt = RunningAttempt(.calling)
        _ = attempt.step(.refused(AttemptBuilder.problem))
        _ = attempt.step(.timeReached, .seconds(9))
        let effects = attempt.step(AttemptBuilder.changed(to: Sample.record()))
        #expect(effects == [.finish(.overtaken([.noRule]))])
    }

    @Test func `D26: a stop that was taken but not done is tried again`() {
        let attempt = RunningAttempt(.confirming)
        #expect(attempt.step(.confirmationRead(Sample.notebook())) == [.wake(at: noon + .seconds(1))])
        #expect(attempt.failedTries == 1)
    }

    @Test(
        arguments: [
            (Duration.hours(2), Lease.Kind.timing, true), (.hours(2) - .seconds(89), .timing, true),
            (.hours(2) - .seconds(91), .timing, false), (.hours(30), .timing, true), (.hours(2), .idle, false),
            (.minutes(10), .timing, false),
        ] as [(Duration, Lease.Kind, Bool)]
    )
    func `a renewal is confirmed by the lease that was asked for`(left: Duration, kind: Lease.Kind, isDone: Bool) {
        let attempt = RunningAttempt(.confirming, AttemptBuilder.renewalDecision)
        let notebook = Sample.notebook(lease: Sample.lease(left: left, kind: kind))
        let effects = attempt.step(.confirmationRead(notebook))
        #expect((effects == [.finish(.confirmed)]) == isDone)
    }

    @Test func `a renewal is not confirmed by a lease that cannot be read`() {
        for lease in [LeaseReading.unreadable, Sample.lease(left: .hours(2), isEnabled: false)] {
            let attempt = RunningAttempt(.confirming, AttemptBuilder.renewalDecision)
            let effects = attempt.step(.confirmationRead(Sample.notebook(lease: lease)))
            #expect(effects == [.wake(at: noon + .seconds(1))])
        }
    }

    @Test func `I5: a renewal that is stuck is tried again in time before its lease runs out`() {
        let attempt = RunningAttempt(.gathering, AttemptBuilder.renewalDecision)
        let expiry = noon + .minutes(30)
        var now = noon
        var tries = 0
        while now < expiry, tries < 100 {
            _ = attempt.handle(.notGathered(AttemptBuilder.problem), now: now)
            guard case .waiting(let until) = attempt.phase else { break }
            #expect(until - now <= max(.minutes(1), (expiry - now) / 2))
            now = until
            _ = attempt.handle(.timeReached, now: now)
            tries += 1
        }
        // Not a storm either.
        #expect(tries < 20)
    }

    @Test(arguments: [AttemptBuilder.PhaseName.recordingIntent, .gathering, .waiting])
    func `a shutdown ends what is not out yet`(phase: AttemptBuilder.PhaseName) {
        let attempt = RunningAttempt(phase)
        #expect(attempt.step(.shutdown) == [.finish(.abandoned("the daemon is stopping"))])
    }

    @Test func `I8: a call that fails during the shutdown is abandoned knowingly`() {
        let attempt = RunningAttempt(.calling)
        #expect(attempt.step(.shutdown).isEmpty)
        let effects = attempt.step(.refused(AttemptBuilder.problem))
        guard case .finish(.abandoned(let why))? = effects.last else {
            Issue.record("not abandoned: \(effects)")
            return
        }
        #expect(why.contains("HTTP 503"))
    }

    @Test func `a call that is out during the shutdown is confirmed`() {
        let attempt = RunningAttempt(.calling)
        _ = attempt.step(.shutdown)
        #expect(attempt.step(.answered) == [.confirm])
        #expect(attempt.step(.confirmationRead(Sample.notebook(.stopping))) == [.finish(.confirmed)])
    }
}
