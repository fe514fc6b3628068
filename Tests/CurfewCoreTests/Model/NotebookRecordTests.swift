// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

/// What belongs to a run of a notebook, and when a new run begins.
struct NotebookRecordTests {
    private let start = noon - .hours(5)

    private func looked(_ record: NotebookRecord) -> Bool {
        !record.observations.isEmpty || record.lastKnownActivityAt != nil || record.warning != nil
    }

    private func record(token: String? = "token-1") -> NotebookRecord {
        var record = Sample.record(
            Sample.notebook(token: token),
            startedAt: start,
            looks: [Sample.look(.idle(since: start + .hours(1)), at: start + .hours(2))]
        )
        record.warning = Warning(rule: "rule 1", givenAt: start + .hours(2))
        return record
    }

    // MARK: - Runs

    @Test func `D19: a start that is seen begins a new run, and nothing of the old one is left`() {
        var record = record()
        record.update(with: Sample.notebook(.stopping), readAt: noon, marks: nil)
        #expect(!looked(record))
        record.update(with: Sample.notebook(.stopped), readAt: noon + .minutes(1), marks: nil)
        let began = record.update(with: Sample.notebook(), readAt: noon + .minutes(2), marks: nil)
        #expect(began)
        #expect(record.runningSince == noon + .minutes(2))
    }

    @Test func `D19: another token tells of a stop and a start between two readings`() {
        var record = record()
        let began = record.update(with: Sample.notebook(token: "token-2"), readAt: noon, marks: nil)
        #expect(began)
        #expect(!looked(record))
        #expect(record.runningSince == noon)
    }

    @Test func `D19: a reading without a token hides no restart`() {
        var record = record()
        let began = record.update(with: Sample.notebook(token: nil), readAt: noon - .minutes(1), marks: nil)
        #expect(!began)
        let beganAfter = record.update(with: Sample.notebook(token: "token-2"), readAt: noon, marks: nil)
        #expect(beganAfter)
        #expect(!looked(record))
        #expect(record.runningSince == noon)
    }

    @Test func `D19: a snapshot hides no restart`() {
        for tokenWhileSaving in [nil, "token-2"] {
            var record = record()
            let saving = Sample.notebook(.snapshotting, token: tokenWhileSaving)
            record.update(with: saving, readAt: noon - .minutes(1), marks: nil)
            record.update(with: Sample.notebook(token: "token-2"), readAt: noon, marks: nil)
            #expect(!looked(record))
            #expect(record.runningSince >= noon - .minutes(1))
        }
    }

    @Test func `saving an image ends no run`() {
        var record = record()
        record.update(with: Sample.notebook(.snapshotting), readAt: noon - .minutes(1), marks: nil)
        let began = record.update(with: Sample.notebook(), readAt: noon, marks: nil)
        #expect(!began)
        #expect(record.runningSince == start)
        #expect(looked(record))
    }

    @Test func `the same token and status go on with the run`() {
        var record = record()
        let began = record.update(with: Sample.notebook(), readAt: noon, marks: nil)
        #expect(!began)
        #expect(looked(record))
        #expect(record.readAt == noon)
        #expect(record.firstSeenAt == start - .minutes(1))
    }

    // MARK: - Running since

    @Test
    func `D11: a start nobody saw is taken from the server, else from the record's change, else from first sight`() {
        var record = NotebookRecord(Sample.notebook(updatedAt: noon - .days(3)), readAt: noon, marks: nil)
        #expect(record.runningSince == noon - .days(3))
        record.add(Sample.look(.idle(since: noon - .days(1)), at: noon, serverStartedAt: noon - .days(2)))
        #expect(record.runningSince == noon - .days(2))
        let bare = NotebookRecord(Sample.notebook(updatedAt: nil), readAt: noon, marks: nil)
        #expect(bare.runningSince == noon)
    }

    @Test func `D11: a change of the record in the future counts as now`() {
        let record = NotebookRecord(Sample.notebook(updatedAt: noon + .days(3)), readAt: noon, marks: nil)
        #expect(record.runningSince == noon)
    }

    @Test func `the later of the seen and the reported start counts`() {
        var record = record()
        record.add(Sample.look(.idle(since: start), at: noon, serverStartedAt: start - .hours(3)))
        #expect(record.runningSince == start)
        record.add(Sample.look(.idle(since: start), at: noon + .minutes(1), serverStartedAt: start + .hours(3)))
        #expect(record.runningSince == start + .hours(3))
    }

    @Test func `I3: a server start after the last reading counts in full`() {
        var record = NotebookRecord(Sample.notebook(), readAt: noon, marks: nil)
        let restart = noon + .minutes(10)
        record.add(Sample.look(.idle(since: noon - .days(1)), at: restart + .minutes(1), serverStartedAt: restart))
        #expect(record.runningSince == restart)
    }

    @Test func `I3: a later look that cannot tell does not forget when the server started`() {
        var record = NotebookRecord(Sample.notebook(updatedAt: noon - .days(3)), readAt: noon, marks: nil)
        record.add(Sample.look(.idle(since: noon - .hours(1)), at: noon, serverStartedAt: noon - .hours(2)))
        record.add(Sample.look(.unknown(.unreachable("timeout")), at: noon + .minutes(1)))
        #expect(record.runningSince == noon - .hours(2))
        record.forgetLooks()
        #expect(record.runningSince == noon - .hours(2))
    }

    @Test func `a server that says it started in the future started when it was asked`() {
        var record = NotebookRecord(Sample.notebook(), readAt: noon, marks: nil)
        record.add(Sample.look(.idle(since: noon), at: noon, serverStartedAt: noon + .days(9)))
        #expect(record.runningSince == noon)
    }

    // MARK: - Looks

    @Test func `the latest activity that any look knew stays, whatever later looks say`() {
        var record = record()
        record.add(Sample.look(.active, at: start + .hours(3)))
        record.add(Sample.look(.idle(since: start + .hours(1)), at: start + .hours(4)))
        #expect(record.lastKnownActivityAt == start + .hours(3))
        record.add(Sample.look(.unknown(.noAccess), at: noon))
        #expect(record.lastKnownActivityAt == start + .hours(3))
        record.forgetLooks()
        #expect(record.observations.isEmpty)
        #expect(record.lastKnownActivityAt == start + .hours(3))
    }

    @Test func `a look that arrives late does not hide a newer one, but what it saw is known`() {
        var record = record()
        record.add(Sample.look(.idle(since: start), at: noon))
        record.add(Sample.look(.active, at: noon - .minutes(1)))
        #expect(record.observation(of: Sample.jupyter)?.observedAt == noon)
        #expect(record.lastKnownActivityAt == noon - .minutes(1))
    }

    @Test func `each source has its own last look`() {
        var record = record()
        record.add(Sample.look(.active, at: noon, source: Sample.accelerator))
        #expect(record.observation(of: Sample.accelerator)?.activity == .active)
        #expect(record.observation(of: Sample.jupyter)?.activity == .idle(since: start + .hours(1)))
        #expect(record.observation(of: EvidenceName("other")) == nil)
    }
}
