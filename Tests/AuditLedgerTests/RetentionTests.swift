// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import GRDB
import TestSupport
import Testing

struct RetentionTests {
    private let later = noon + .days(401)

    /// One closed row in each table, and what must never go: an open intent and an open run.
    private let entries = [
        Entry.stop(1), Entry.outcome(1), Entry.stop(2, "open"), Entry.began("open", isStart: true),
        Entry.began("a", isStart: true), Entry.ended("a", at: noon + .seconds(1)),
        LedgerEntry(at: noon, .warned(Entry.notebook("a"), rule: "everyone", stopAt: noon)),
        Entry.marked("a"), Entry.lifted("a", at: noon + .seconds(1)), Entry.marked("forgotten"),
        LedgerEntry(at: noon, .restarted(NotebookID("a"))),
        LedgerEntry(at: noon, .holdBegan(.outage(since: noon))),
        LedgerEntry(at: noon, .holdEnded(.outage(since: noon))),
        LedgerEntry(at: noon, .policy(digest: "abc", .enforce)), Entry.listed(),
    ]

    @Test func `at opening old rows go, open intents and open runs never`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: entries)
            // A daemon that lived until shortly before, so that the time did not leap.
            try await ledger.daemon(at: later - .days(3), records: [Entry.listed(later - .days(3))])
            try await ledger.daemon(at: later)
            for table in ["warnings", "marks", "restarts", "holds"] {
                #expect(try ledger.count(table) == 0, "\(table)")
            }
            #expect(try ledger.rows("SELECT notebook FROM actions").map { $0[0] as String } == ["open"])
            #expect(try ledger.rows("SELECT notebook FROM runs").map { $0[0] as String } == ["open"])
            // The daemon of the open intent stays, with its policy.
            #expect(try ledger.count("daemons") == 3)
            #expect(try ledger.count("policies") == 1)
        }
    }

    @Test func `a daemon of which nothing is left goes with its policy`() async throws {
        try await withLedger { ledger in
            let closed = entries.filter { entry in
                switch entry.event {
                case .intent(2, _, _), .runBegan: false
                default: true
                }
            }
            try await ledger.daemon(records: closed)
            try await ledger.daemon(at: later - .days(3))
            try await ledger.daemon(at: later)
            #expect(try ledger.count("daemons") == 2)
            #expect(try ledger.count("policies") == 0)
        }
    }

    @Test func `a daemon that lives long removes old rows once a day, with a listing`() async throws {
        try await withLedger { ledger in
            let settings = SQLiteLedger.Settings(keepFor: .days(2))
            let open = try ledger.start(settings).ledger
            try await open.record([Entry.stop(1), Entry.outcome(1)])
            for day in 1...2 {
                try await open.record([Entry.listed(noon + .days(day))])
                _ = try await open.recall(now: noon)
                #expect(try ledger.count("actions") == 1)
            }
            // Old enough by now, but looked through less than a day ago, or not with a listing.
            try await open.record([Entry.listed(noon + .days(2) + .hours(2))])
            try await open.record([LedgerEntry(at: noon + .days(3) + .hours(1), .restarted(NotebookID("a")))])
            _ = try await open.recall(now: noon)
            #expect(try ledger.count("actions") == 1)
            try await open.record([Entry.listed(noon + .days(3) + .hours(2))])
            _ = try await open.recall(now: noon)
            #expect(try ledger.count("actions") == 0)
        }
    }

    @Test func `a clock that jumps far ahead makes nothing old at once`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: entries)
            try await ledger.daemon(at: noon + .days(4_000))
            #expect(try ledger.count("actions", where: "outcome IS NOT NULL") == 1)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `a file that grows too large loses its oldest rows, but none that a restart must know`() async throws {
        try await withLedger { ledger in
            let limit = 1 << 20
            let settings = SQLiteLedger.Settings(largestFile: limit)
            let open = try ledger.start(settings).ledger
            let stop = [Entry.stop(1, "stopped"), Entry.outcome(1, "stopped"), Entry.stop(2, "open")]
            try await open.record(stop + [Entry.began("open", isStart: true)])
            var number = 2
            // Some 3 MB of renewals within a day.
            for batch in 0..<60 {
                let at = noon + .minutes(batch)
                let numbers = (number + 1)...(number + 200)
                number += 200
                try await open.record(
                    numbers.flatMap { [Entry.prolong($0, "n\($0)", at: at), Entry.outcome($0, "n\($0)", at: at)] }
                )
            }
            let kept = try ledger.count("actions")
            let memory = try await open.recall(now: noon + .hours(1))
            #expect(memory.stops.keys.map(\.text).sorted() == ["open", "stopped"])
            #expect(memory.openRuns.keys.map(\.text) == ["open"])
            #expect(kept > 500)
            #expect(kept < 6_000)
            #expect(try ledger.count("actions", where: "number = \(number)") == 1)
            #expect(try ledger.count("actions", where: "number = 3") == 0)
            try open.close()
            let size = try #require(try FileManager.default.attributesOfItem(atPath: ledger.path)[.size] as? Int)
            #expect(size <= limit + limit / 4)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `a smaller bound makes the file smaller at the next opening`() async throws {
        try await withLedger { ledger in
            let numbers = 1...4_000
            try await ledger.daemon(
                records: numbers.flatMap { [Entry.prolong($0, "n\($0)"), Entry.outcome($0, "n\($0)")] }
            )
            let size = { try #require(try FileManager.default.attributesOfItem(atPath: ledger.path)[.size] as? Int) }
            #expect(try size() > 1 << 20)
            try await ledger.daemon(SQLiteLedger.Settings(largestFile: 512 << 10))
            #expect(try size() <= 512 << 10)
            #expect(try ledger.count("actions") > 100)
        }
    }
}
