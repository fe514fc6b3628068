// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import GRDB
import TestSupport
import Testing

struct ObservationTests {
    private let jupyter = EvidenceName("jupyter")

    private func looked(_ activity: Activity, at: Timestamp, started: Timestamp? = nil, detail: String = "")
        -> LedgerEntry
    {
        let look = Observation(
            source: jupyter,
            activity: activity,
            observedAt: at,
            serverStartedAt: started,
            detail: detail
        )
        return LedgerEntry(at: at, .observed(NotebookID("a"), [look]))
    }

    private func seen(_ at: Timestamp = noon, _ change: (inout Notebook) -> Void = { _ in }) -> LedgerEntry {
        var notebook = Entry.notebook("a")
        notebook.access = nil
        change(&notebook)
        return LedgerEntry(at: at, .seen(notebook))
    }

    private func looks(_ ledger: LedgerCase) throws -> [String] {
        try ledger.rows(
            "SELECT (first_at - \(noon.milliseconds)) / 60000, (last_at - \(noon.milliseconds)) / 60000, state FROM looks ORDER BY first_at"
        )
        .map { "\($0[0] as Int)-\($0[1] as Int) \($0[2] as String)" }
    }

    @Test func `looks that say the same are one row, and others begin another`() async throws {
        try await withLedger { ledger in
            let first = noon - .hours(1)
            try await ledger.daemon(records: [
                looked(.idle(since: first), at: noon), looked(.idle(since: first), at: noon + .minutes(30)),
                looked(.unknown(.unreachable("timeout")), at: noon + .minutes(40)),
                looked(.unknown(.refused("403")), at: noon + .minutes(45)),
                looked(.idle(since: first), at: noon + .minutes(50)),
                looked(.idle(since: noon + .minutes(55)), at: noon + .minutes(60)),
                looked(.active, at: noon + .minutes(70)), looked(.active, at: noon + .minutes(75)),
                looked(.active, at: noon + .minutes(120)),
            ])
            #expect(
                try looks(ledger) == [
                    "0-30 idle", "40-45 unknown", "50-50 idle", "60-60 idle", "70-75 active", "120-120 active",
                ]
            )
        }
    }

    @Test func `a look does not speak for the run before its own`() async throws {
        try await withLedger { ledger in
            let first = noon - .hours(1)
            try await ledger.daemon(records: [
                Entry.began(isStart: false), looked(.idle(since: first), at: noon + .minutes(1)),
                Entry.began(isStart: true, at: noon + .minutes(5)),
                looked(.idle(since: first), at: noon + .minutes(9)),
            ])
            #expect(try looks(ledger) == ["1-1 idle", "9-9 idle"])
        }
    }

    @Test func `entries that come twice change nothing, also after the clock was set back`() async throws {
        try await withLedger { ledger in
            let entries = [
                seen(), looked(.active, at: noon), looked(.idle(since: noon), at: noon + .minutes(9)),
                seen(noon + .minutes(10)) { $0.flavor = "other" },
                LedgerEntry(at: noon + .minutes(11), .vanished(NotebookID("a"))),
                seen(noon + .minutes(12)) { $0.flavor = "other" }, looked(.active, at: noon + .days(900)),
                looked(.idle(since: noon), at: noon + .minutes(20)),
            ]
            try await ledger.daemon(records: entries)
            let tables = ["looks", "notebooks", "profiles", "subjects"]
            let before = try tables.map { try ledger.rows("SELECT * FROM \($0)") }
            #expect(before.map(\.count) == [3, 3, 3, 1])
            try await ledger.daemon(records: [])
            let open = try ledger.start().ledger
            try await open.record(entries)
            try open.close()
            #expect(try ledger.rows("SELECT * FROM looks") == before[0])
            #expect(try ledger.count("notebooks") == 3)
            #expect(try ledger.count("notebooks", where: "until IS NULL") == 1)
        }
    }

    @Test func `a notebook is one row for as long as it is the same, over restarts of the daemon too`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [seen(), seen(noon + .minutes(1))])
            try await ledger.daemon(at: noon + .hours(1), records: [seen(noon + .hours(1))])
            #expect(try ledger.count("notebooks") == 1)
            #expect(try ledger.count("notebooks", where: "daemon = 2 AND until IS NULL") == 1)
            // A renewal costs a row, but not its owner, tags and description once more.
            try await ledger.daemon(
                at: noon + .hours(2),
                records: [seen(noon + .hours(2)) { $0.lease = .unreadable }, seen(noon + .hours(3))]
            )
            #expect(try ledger.count("notebooks") == 3)
            #expect(try ledger.count("profiles") == 1)
        }
    }

    @Test func `what was recorded is read as it was`() async throws {
        try await withLedger { ledger in
            var whole = Entry.notebook("a")
            whole.access = nil
            whole.image = Notebook.NamedReference(id: "i", name: "pytorch")
            whole.pool = Notebook.NamedReference()
            let later = noon + .hours(1)
            let mark = MarkSighting(text: "true", firstSeenAt: noon)
            try await ledger.daemon(records: [
                LedgerEntry(at: noon, .seen(whole)), Entry.began(isStart: false),
                Entry.marked(), looked(.active, at: noon, started: noon - .hours(2), detail: "kernel 1 busy"),
                looked(.idle(since: noon), at: later), Entry.stop(1, at: later), Entry.outcome(1, at: later),
                Entry.ended(at: later), LedgerEntry(at: later, .vanished(NotebookID("a"))),
            ])
            let history = try LedgerReader(directory: ledger.directory.path()).history(since: noon - .days(1))
            #expect(
                history
                    == FleetHistory(
                        from: noon,
                        to: later,
                        notebooks: [
                            NotebookHistory(
                                id: NotebookID("a"),
                                portraits: [.init(since: noon, until: later, notebook: whole)],
                                runs: [.init(beganAt: noon, isStart: false, endedAt: later)],
                                looks: [
                                    jupyter: [
                                        .init(
                                            firstAt: noon,
                                            lastAt: noon,
                                            activity: .active,
                                            serverStartedAt: noon - .hours(2),
                                            detail: "kernel 1 busy"
                                        ),
                                        .init(firstAt: later, lastAt: later, activity: .idle(since: noon)),
                                    ]
                                ],
                                stops: [later],
                                marks: [mark]
                            )
                        ]
                    )
            )
        }
    }

    @Test func `a reader works while a daemon writes, without its lock`() async throws {
        try await withLedger { ledger in
            let open = try ledger.start().ledger
            try await open.record([seen(), looked(.active, at: noon)])
            let reader = try LedgerReader(directory: ledger.directory.path())
            #expect(try reader.history(since: noon - .days(1)).notebooks.count == 1)
            try await open.record([LedgerEntry(at: noon + .minutes(1), .seen(Entry.notebook("b")))])
            #expect(try reader.history(since: noon - .days(1)).notebooks.count == 2)
            try open.close()
            try await ledger.daemon(records: [seen(noon + .minutes(2))])
        }
    }

    @Test func `what is no ledger, or an older one, is refused with what to do`() async throws {
        try await withLedger { ledger in
            let missing = #expect(throws: LedgerError.self) { try LedgerReader(directory: ledger.directory.path()) }
            #expect(missing?.description.contains("--state-dir") == true)
            try await ledger.daemon()
            try ledger.change("DELETE FROM grdb_migrations WHERE identifier = '3 observations'")
            let older = #expect(throws: LedgerError.self) { try LedgerReader(directory: ledger.directory.path()) }
            #expect(older?.description.contains("older curfew") == true)
        }
    }

    @Test func `I11: no token and no address of a notebook is in what is kept of it and of looks at it`() async throws {
        try await withLedger { ledger in
            var notebook = SampleDecision.notebook("a", token: "canary-1f4e5a")
            notebook.access?.url = "https://n.example.com/lab?X-Amz-Signature=canary-77c0de&token=canary-1f4e5a"
            let open = try ledger.start().ledger
            try await open.record([
                LedgerEntry(at: noon, .seen(notebook)), looked(.active, at: noon, detail: "kernel busy"),
                LedgerEntry(at: noon + .minutes(1), .vanished(notebook.id)),
            ])
            try open.close()
            for name in try ledger.files {
                let bytes = try Data(contentsOf: ledger.directory.appending(path: name))
                #expect(bytes.range(of: Data("canary".utf8)) == nil, "\(name)")
            }
            #expect(try ledger.count("profiles") == 1)
        }
    }

    @Test func `old looks and notebooks go, and what they alone used`() async throws {
        try await withLedger { ledger in
            let settings = SQLiteLedger.Settings(keepFor: .days(30))
            try await ledger.daemon(settings, records: [seen(), looked(.active, at: noon), Entry.listed()])
            try await ledger.daemon(at: noon + .days(29), settings, records: [Entry.listed(noon + .days(29))])
            #expect(try ledger.count("looks") == 1)
            try await ledger.daemon(at: noon + .days(31), settings)
            for table in ["looks", "notebooks", "profiles", "subjects"] {
                #expect(try ledger.count(table) == 0, "\(table)")
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `a file that is too large loses looks before the record of actions`() async throws {
        try await withLedger { ledger in
            let limit = 1 << 20
            let open = try ledger.start(SQLiteLedger.Settings(largestFile: limit)).ledger
            try await open.record([Entry.prolong(1), Entry.outcome(1)])
            for hour in 1...80 {
                let at = noon + .hours(hour)
                try await open.record(
                    (1...200).map { number in
                        let look = Observation(
                            source: jupyter,
                            activity: .idle(since: at - .minutes(1)),
                            observedAt: at
                        )
                        return LedgerEntry(at: at, .observed(NotebookID("n\(number)"), [look]))
                    }
                )
            }
            _ = try await open.recall(now: noon)
            #expect(try ledger.count("actions") == 1)
            #expect(try ledger.count("looks") < 15_000)
            #expect(try ledger.count("looks", where: "last_at >= \((noon + .hours(79)).milliseconds)") > 0)
            try open.close()
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `a day of a notebook takes a few kilobytes`() async throws {
        try await withLedger { ledger in
            let open = try ledger.start().ledger
            let size = { try #require(try FileManager.default.attributesOfItem(atPath: ledger.path)[.size] as? Int) }
            let before = try size()
            for hour in 0..<24 { try await open.record((1...200).flatMap { day(of: $0, hour: hour) }) }
            try open.close()
            let bytes = (try size() - before) / 200
            #expect(bytes < 4_000, "\(bytes) bytes per notebook and day")
        }
    }

    /// Half of the notebooks are kept alive and prolonged; in the others somebody works, with a look every hour.
    private func day(of number: Int, hour: Int) -> [LedgerEntry] {
        let at = noon + .hours(hour)
        var notebook = Entry.notebook("aaaaaaaa-bbbb-4ccc-8ddd-00000000\(1_000 + number)")
        guard number % 2 == 0 else {
            notebook.lease = SampleDecision.notebook(leaseLeft: .hours(hour / 3 + 1)).lease
            return [LedgerEntry(at: at, .seen(notebook))]
        }
        let look = Observation(
            source: jupyter,
            activity: hour % 2 == 0 ? .active : .idle(since: at - .minutes(20)),
            observedAt: at,
            serverStartedAt: noon - .days(1),
            detail: "kernel 8954ffff busy"
        )
        return [LedgerEntry(at: at, .seen(notebook)), LedgerEntry(at: at, .observed(notebook.id, [look]))]
    }
}
