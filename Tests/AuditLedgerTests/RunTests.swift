// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import GRDB
import Testing

struct RunTests {
    private func runs(_ ledger: LedgerCase) throws -> [[Int64?]] {
        try ledger.rows("SELECT began_at, start_seen, ended_at, end_noted_at FROM runs ORDER BY began_at, id")
            .map { [$0[0], $0[1], $0[2], $0[3]] }
    }

    @Test func `a run is kept from start to end, with what usage is summed by`() async throws {
        try await withLedger { ledger in
            let end = noon + .hours(2)
            try await ledger.daemon(records: [Entry.began(isStart: true), Entry.ended(at: end)])
            #expect(try runs(ledger) == [[noon.milliseconds, 1, end.milliseconds, end.milliseconds]])
            let row = try #require(try ledger.rows("SELECT owner, flavor, workspace FROM runs").first)
            #expect(row == ["owner": "alice", "flavor": "modelarts.vm.gpu.v100", "workspace": "0"])
            #expect(try await ledger.memory(at: end).openRuns == [:])
        }
    }

    @Test func `a run that goes on over a restart is one run`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [Entry.began(isStart: true)])
            #expect(try await ledger.memory().openRuns.keys.map(\.text) == ["a"])
            let (second, end) = (noon + .hours(1), noon + .hours(3))
            try await ledger.daemon(
                at: second,
                records: [Entry.began(isStart: false, at: second), Entry.ended(at: end)]
            )
            #expect(try runs(ledger) == [[noon.milliseconds, 1, end.milliseconds, end.milliseconds]])
        }
    }

    @Test func `a start while no daemon lived ends the old run when its daemon was last alive`() async throws {
        try await withLedger { ledger in
            let alive = noon + .minutes(30)
            try await ledger.daemon(records: [Entry.began(isStart: true), Entry.listed(alive)])
            let second = noon + .hours(5)
            try await ledger.daemon(at: second, records: [Entry.began(isStart: true, at: second)])
            #expect(
                try runs(ledger) == [
                    [noon.milliseconds, 1, alive.milliseconds, second.milliseconds],
                    [second.milliseconds, 1, nil, nil],
                ]
            )
        }
    }

    @Test func `an end while no daemon lived is as early as can be told`() async throws {
        try await withLedger { ledger in
            let alive = noon + .minutes(30)
            try await ledger.daemon(records: [Entry.began(isStart: false), Entry.listed(alive)])
            let second = noon + .hours(5)
            try await ledger.daemon(at: second, records: [Entry.ended(at: second)])
            #expect(try runs(ledger) == [[noon.milliseconds, 0, alive.milliseconds, second.milliseconds]])
        }
    }

    @Test func `a witnessed start ends this daemon's own run there and then`() async throws {
        try await withLedger { ledger in
            let again = noon + .hours(1)
            try await ledger.daemon(records: [Entry.began(isStart: true), Entry.began(isStart: true, at: again)])
            #expect(
                try runs(ledger) == [
                    [noon.milliseconds, 1, again.milliseconds, again.milliseconds], [again.milliseconds, 1, nil, nil],
                ]
            )
        }
    }

    @Test func `a clock that is set back makes no run of negative length and leaves none open`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [Entry.began(isStart: true), Entry.ended(at: noon - .hours(1))])
            #expect(try await ledger.memory().openRuns == [:])
            #expect(try ledger.count("runs", where: "ended_at >= began_at") == 1)
        }
    }
}
