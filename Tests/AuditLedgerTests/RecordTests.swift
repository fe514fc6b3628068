// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import GRDB
import TestSupport
import Testing

struct RecordTests {
    @Test func `I14: an intent keeps rule, reasons, evidence and deadline before anything is sent`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [Entry.stop(1)])
            let row = try #require(try ledger.rows("SELECT * FROM actions").first)
            #expect(row["notebook"] == "a")
            #expect(row["name"] == "trainer")
            #expect(row["owner"] == "alice")
            #expect(row["action"] == "stop")
            #expect(row["rule"] == "everyone")
            #expect(row["decided_at"] == noon.milliseconds)
            #expect(row["deadline"] as Int64? != nil)
            #expect(row["outcome"] as String? == nil)
            let reasons = try #require(row["reasons"] as String?)
            #expect(reasons == #"[{"code":"idle-budget-spent","text":"idle for 2h, budget 1h"}]"#)
            let activity = try #require(row["activity"] as String?)
            #expect(activity.contains(#""state":"idle""#))
            #expect(activity.contains(#""detail":"kernel 8954 idle""#))
            #expect(activity.contains(#""observedAt":\#((noon - .seconds(1)).milliseconds)"#))
        }
    }

    @Test func `an outcome completes its intent, and no other daemon's of the same number`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [Entry.stop(1)])
            let later = noon + .minutes(1)
            let reasons = [Reason.active(source: EvidenceName("jupyter"), detail: "kernel busy")]
            try await ledger.daemon(
                at: later,
                records: [
                    Entry.stop(1, at: later), Entry.outcome(1, "a", .overtaken(reasons), at: later + .seconds(2)),
                ]
            )
            let rows = try ledger.rows("SELECT * FROM actions ORDER BY id")
            #expect(rows.map { $0["outcome"] as String? } == [nil, "overtaken"])
            #expect(rows[1]["detail"] == #"[{"code":"active","text":"active (jupyter: kernel busy)"}]"#)
            #expect(rows[1]["ended_at"] == (later + .seconds(2)).milliseconds)
        }
    }

    @Test func `an outcome without an intent changes nothing`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [Entry.outcome(7, "a", .abandoned("the intent could not be recorded"))])
            #expect(try ledger.count("actions") == 0)
        }
    }

    @Test func `a batch is kept whole or not at all`() async throws {
        try await withLedger { ledger in
            let open = try ledger.start().ledger
            try ledger.change(
                """
                CREATE TRIGGER refuse BEFORE INSERT ON warnings WHEN NEW.rule = 'bad'
                BEGIN SELECT RAISE(ABORT, 'refused'); END
                """
            )
            let batch = [
                Entry.stop(1), Entry.began(isStart: true),
                LedgerEntry(at: noon, .warned(Entry.notebook("a"), rule: "bad", stopAt: noon)),
            ]
            await #expect(throws: LedgerError.self) { try await open.record(batch) }
            #expect(try ledger.count("actions") == 0)
            #expect(try ledger.count("runs") == 0)
            try await open.record(Array(batch.dropLast()))
            #expect(try ledger.count("actions") == 1)
            #expect(try ledger.count("runs") == 1)
        }
    }

    @Test func `a file that another program locks is an error that says so, and nothing is lost`() async throws {
        try await withLedger { ledger in
            let open = try ledger.start(SQLiteLedger.Settings(busyTimeout: .milliseconds(1))).ledger
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(path: ledger.path, configuration: configuration)
            try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            let error = await #expect(throws: LedgerError.self) { try await open.record([Entry.stop(1)]) }
            #expect(error?.kind == .busy)
            #expect(error?.description.contains(ledger.path) == true)
            try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
            try await open.record([Entry.stop(1)])
            #expect(try ledger.count("actions") == 1)
        }
    }

    @Test func `what was decided last is kept although the task is cancelled`() async throws {
        try await withLedger { ledger in
            let open = try ledger.start().ledger
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                try await open.record([Entry.stop(1)])
            }
            task.cancel()
            try await task.value
            #expect(try ledger.count("actions") == 1)
        }
    }

    @Test func `policies, warnings, restarts and holds are kept`() async throws {
        try await withLedger { ledger in
            let hold = Hold.blind(unknown: 4, of: 9)
            try await ledger.daemon(records: [
                LedgerEntry(at: noon, .policy(digest: "sha256:abc", .observe)),
                LedgerEntry(at: noon, .warned(Entry.notebook("a"), rule: "everyone", stopAt: noon + .minutes(10))),
                LedgerEntry(at: noon, .restarted(NotebookID("a"))),
                LedgerEntry(at: noon, .holdBegan(hold)),
                LedgerEntry(at: noon + .minutes(1), .holdBegan(.blind(unknown: 5, of: 9))),
                LedgerEntry(at: noon + .minutes(2), .holdEnded(hold)),
                LedgerEntry(at: noon + .minutes(3), .holdBegan(.outage(since: noon))),
                Entry.listed(noon + .minutes(4)),
            ])
            #expect(try ledger.rows("SELECT digest || ' ' || mode FROM policies").first?[0] == "sha256:abc observe")
            #expect(try ledger.count("warnings", where: "stop_at = at + 600000") == 1)
            #expect(try ledger.count("restarts") == 1)
            let listed = try #require(try ledger.rows("SELECT * FROM daemons").first)
            #expect(listed["last_listed_at"] == (noon + .minutes(4)).milliseconds)
            #expect(listed["notebooks"] == 3)
            // The next daemon ends what its predecessor held, when that was last alive.
            try await ledger.daemon(at: noon + .hours(1))
            let holds = try ledger.rows("SELECT code, ended_at, detail FROM holds ORDER BY began_at")
            #expect(holds.map { $0["code"] as String } == ["held-blind", "held-outage"])
            #expect(
                holds.map { $0["ended_at"] as Int64? } == [
                    (noon + .minutes(2)).milliseconds, (noon + .minutes(4)).milliseconds,
                ]
            )
            #expect((holds[0]["detail"] as String).contains("5 of 9"))
        }
    }

    @Test func `I8: entries that come twice change nothing the second time`() async throws {
        for seed in 0..<12 as Range<UInt64> {
            let (once, twice) = (try await dump(seed, times: 1), try await dump(seed, times: 2))
            #expect(twice.filter { !once.contains($0) } == [], "seed \(seed)")
            #expect(once.filter { !twice.contains($0) } == [], "seed \(seed)")
            #expect(once.count > 10)
        }
    }

    /// Lets three daemons live through random days, and gives everything that their ledger holds then.
    private func dump(_ seed: UInt64, times: Int) async throws -> [String] {
        try await withLedger { ledger in
            var days = RandomDays(seed: seed)
            for _ in 0..<3 {
                let open = try ledger.start(at: days.now).ledger
                for batch in days.batches(resolving: try await open.recall(now: days.now).openIntents) {
                    for _ in 0..<times { try await open.record(batch) }
                }
                try open.close()
                days.sleep()
            }
            return try ["daemons", "policies", "actions", "runs", "warnings", "marks", "restarts", "holds"]
                .flatMap { try rows(of: $0, in: ledger) }
        }
    }

    /// Everything but the ledger's own numbers, which may have gaps.
    private func rows(of table: String, in ledger: LedgerCase) throws -> [String] {
        let columns = try ledger.rows("SELECT name FROM pragma_table_info('\(table)') WHERE name <> 'id'")
            .map { $0[0] as String }
        return try ledger.rows("SELECT \(columns.joined(separator: ", ")) FROM \(table)").map { "\(table) \($0)" }
    }
}
