// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CurfewCore

struct PlannerVerifyTests {
    private typealias Use = EvidenceRequirement.Use
    private let since = noon - .seconds(2)

    /// A notebook that was idle for longer than its budget, read and looked at after `since`.
    private func record(
        readAt: Timestamp = noon - .seconds(1),
        _ activity: Activity = .idle(since: noon - .hours(2)),
        lookedAt: Timestamp = noon - .seconds(1),
        notebook: Notebook = Sample.notebook()
    ) -> NotebookRecord {
        Sample.record(notebook, readAt: readAt, looks: [Sample.look(activity, at: lookedAt)])
    }

    private func verify(
        _ record: NotebookRecord,
        _ action: Decision.Action = .stop,
        policy: Policy = Sample.policy(Sample.idle()),
        holds: [Hold] = []
    ) -> Planner.Verification {
        Planner.verify(action, record: record, since: since, policy: policy, holds: holds, now: noon)
    }

    private func stops(_ verification: Planner.Verification) -> Bool {
        if case .stop = verification { true } else { false }
    }

    private func changed(_ verification: Planner.Verification) -> Decision? {
        if case .changed(let decision) = verification { decision } else { nil }
    }

    @Test func `I2: fresh facts that still say so give the order`() {
        guard case .stop(let order) = verify(record()) else {
            Issue.record("no order")
            return
        }
        #expect(order == StopOrder(notebook: Sample.notebook().id, validity: OrderValidity(verifiedAt: noon)))
    }

    @Test func `I2: a look from before the decision gives no order`() {
        let old = verify(record(lookedAt: since - .milliseconds(1)))
        #expect(!stops(old))
        #expect(changed(old)?.reasons.first == .evidenceDue)
        #expect(stops(verify(record(lookedAt: since))))
    }

    @Test func `I2: a reading from before the decision gives no order`() {
        #expect(!stops(verify(record(readAt: since - .milliseconds(1)))))
        #expect(stops(verify(record(readAt: since))))
        let policy = Sample.policy(.stop(warn: nil))
        #expect(!stops(verify(record(readAt: since - .milliseconds(1)), policy: policy)))
    }

    @Test func `I2: a look from the future gives no order`() {
        #expect(!stops(verify(record(lookedAt: noon + .hours(1)))))
    }

    @Test(
        "I2, D1: evidence that cannot tell gives no order",
        arguments: [
            Activity.unknown(.unreachable("timeout")), .unknown(.noAccess), .unknown(.stale), .unknown(.notObserved),
            .unknown(.refused("403")), .unknown(.unintelligible("{")), .unknown(.noSuchSource),
            .unknown(.cannotTell("status 3")),
        ]
    )
    func unknownGivesNoOrder(activity: Activity) {
        #expect(!stops(verify(record(activity))))
    }

    @Test func `I2: each required source must have been looked at afresh`() {
        let policy = Sample.policy(
            Sample.idle(sources: [Use(source: Sample.jupyter), Use(source: Sample.accelerator)])
        )
        var record = record()
        #expect(!stops(verify(record, policy: policy)))
        record.add(Sample.look(.idle(since: noon - .hours(2)), at: since - .seconds(1), source: Sample.accelerator))
        #expect(!stops(verify(record, policy: policy)))
        record.add(Sample.look(.idle(since: noon - .hours(2)), at: noon, source: Sample.accelerator))
        #expect(stops(verify(record, policy: policy)))
    }

    @Test func `D12: a user who came back is not stopped`() {
        let back = verify(record(.active))
        #expect(changed(back)?.action == .leave)
        #expect(changed(verify(record(.idle(since: noon - .minutes(59)))))?.action == .leave)
    }

    @Test func `I7: in observe mode there is no order of any kind`() {
        let observing = Sample.policy(Sample.idle(), mode: .observe)
        let decision = changed(verify(record(), policy: observing))
        #expect(decision?.action == .stop)
        let keeping = Sample.policy(.keepAlive(KeepAlive()), mode: .observe)
        let ending = record(notebook: Sample.notebook(lease: Sample.lease(left: .minutes(1))))
        #expect(changed(verify(ending, .prolong(.hours(2), .timing), policy: keeping)) != nil)
    }

    @Test(arguments: [
        Hold.coldStart(until: nil), .coldStart(until: noon + .minutes(5)), .outage(since: noon),
        .blind(unknown: 3, of: 3), .tooManyStops(due: 6, limit: 5),
    ])
    func `I6, I13: a hold gives no stop, but a renewal`(hold: Hold) {
        let held = verify(record(), holds: [hold])
        #expect(changed(held)?.action == .leave)
        #expect(changed(held)?.reasons.first == .held(hold))
        let ending = record(notebook: Sample.notebook(lease: Sample.lease(left: .minutes(1))))
        let policy = Sample.policy(.keepAlive(KeepAlive()))
        #expect(changed(verify(ending, .prolong(.hours(2), .timing), policy: policy, holds: [hold])) == nil)
    }

    @Test func `I1: a notebook that has been marked or exempted since is left`() {
        let marks = MarkSettings(tag: "keep-alive")
        var rules = [Rule(name: "marked", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive()))]
        rules.append(Rule(name: "others", outcome: .stop(warn: nil)))
        let policy = Sample.policy(rules: rules, marks: marks)
        var record = record()
        #expect(stops(verify(record, policy: policy)))
        record.update(with: Sample.notebook(tags: ["keep-alive": "true"]), readAt: noon, marks: marks)
        #expect(changed(verify(record, policy: policy))?.rule == "marked")
        #expect(changed(verify(record, policy: Sample.policy(.exempt)))?.reasons == [.exempt])
        #expect(changed(verify(record, policy: Sample.policy(rules: [])))?.reasons == [.noRule])
    }

    @Test(arguments: [NotebookStatus.stopped, .stopping, .snapshotting, .frozen, .error, .unrecognized("NEW")])
    func `a notebook that is not RUNNING any more is left`(status: NotebookStatus) {
        let record = record(notebook: Sample.notebook(status))
        #expect(changed(verify(record))?.reasons == [.notRunning(status)])
    }

    @Test func `D19: a notebook that was started anew is left`() {
        var record = record()
        record.update(with: Sample.notebook(token: "token-2"), readAt: noon, marks: nil)
        record.add(Sample.look(.idle(since: noon - .hours(2)), at: noon))
        #expect(changed(verify(record))?.action == .leave)
    }

    @Test func `D15: a warning that is still to be given takes the order back`() {
        let warned = Sample.policy(Sample.idle(warn: .minutes(10)))
        #expect(changed(verify(record(), policy: warned))?.action.name == "warn")
        #expect(stops(verify(record().warned(at: noon - .minutes(10)), policy: warned)))
    }

    @Test func `I5: a renewal is ordered on the lease as it is now`() {
        let policy = Sample.policy(.keepAlive(KeepAlive()))
        let planned = Decision.Action.prolong(.hours(2), .timing)
        let ending = record(notebook: Sample.notebook(lease: Sample.lease(left: .minutes(1), kind: .idle)))
        guard case .renew(let order) = verify(ending, planned, policy: policy) else {
            Issue.record("no order")
            return
        }
        #expect(order.notebook == ending.notebook.id)
        #expect(order.duration == .hours(2) && order.kind == .timing)
        let longEnough = record(notebook: Sample.notebook(lease: Sample.lease(left: .hours(9))))
        #expect(changed(verify(longEnough, planned, policy: policy))?.action == .leave)
        let unread = Sample.record(ending.notebook, readAt: since - .milliseconds(1))
        #expect(changed(verify(unread, planned, policy: policy)) != nil)
    }

    @Test func `one kind of action never becomes another`() {
        #expect(!stops(verify(record(), .prolong(.hours(2), .timing))))
        #expect(!stops(verify(record(), .leave)))
        #expect(!stops(verify(record(), .warn(stopAt: noon))))
        let keeping = Sample.policy(.keepAlive(KeepAlive()))
        let ending = record(notebook: Sample.notebook(lease: Sample.lease(left: .minutes(1))))
        #expect(changed(verify(ending, .stop, policy: keeping))?.action.name == "prolong")
    }
}
