// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import GRDB
import TestSupport
import Testing

/// What people did, and the freezes that outlast the daemon.
struct ActTests {
    private let notebooks = ["a", "b"].map { RecordedAct.NamedNotebook(SampleDecision.notebook($0)) }

    private func entry(_ number: Int, _ act: RecordedAct, at: Timestamp = noon) -> LedgerEntry {
        LedgerEntry(at: at, .acted(number, act))
    }

    private func freeze(_ person: String, since: Timestamp = noon) -> RecordedAct {
        .frozen(HandFreeze(by: person, since: since, reason: "looks wrong"))
    }

    @Test func `every act is kept once, with who did it to what and why`() async throws {
        try await withLedger { ledger in
            let grant = Grant(until: noon + .days(3), reason: "thesis", by: "alice", grantedAt: noon)
            let entries = [
                entry(1, .kept(notebooks[0], grant)), entry(2, .released(notebooks[0], by: "bob")),
                entry(3, freeze("carol")), entry(4, .thawed(by: "dave")), entry(5, .approved(notebooks, by: "eve")),
                entry(6, .approved([], by: "eve")), entry(7, .reloaded(by: "frank")),
            ]
            try await ledger.daemon(records: entries + entries)
            let rows = try ledger.rows("SELECT * FROM acts ORDER BY id")
            #expect(
                rows.map { $0["act"] } == [
                    "keep", "release", "freeze", "thaw", "approve", "approve", "approve", "reload",
                ]
            )
            #expect(rows.map { $0["operator"] } == ["alice", "bob", "carol", "dave", "eve", "eve", "eve", "frank"])
            #expect(rows.map { $0["notebook"] as String? } == ["a", "a", nil, nil, "a", "b", nil, nil])
            #expect(rows.map { $0["reason"] as String? }.prefix(3) == ["thesis", nil, "looks wrong"])
            #expect(rows[0]["until"] == grant.until.milliseconds)
            #expect(rows[0]["name"] == "trainer")
        }
    }

    @Test func `I6: a freeze by hand is remembered, however old, until it is thawed`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [entry(1, freeze("alice"))])
            let later = noon + .days(900)
            #expect(
                try await ledger.memory(at: later).freeze == HandFreeze(by: "alice", since: noon, reason: "looks wrong")
            )
            try await ledger.daemon(at: later, records: [entry(1, freeze("bob"), at: later)])
            #expect(try await ledger.memory(at: later).freeze?.by == "bob")
            try await ledger.daemon(at: later, records: [entry(1, .thawed(by: "carol"), at: later)])
            #expect(try await ledger.memory(at: later).freeze == nil)
        }
    }

    @Test func `a batch that is written twice ends no freeze that began after the thaw in it`() async throws {
        try await withLedger { ledger in
            let entries = [
                entry(1, freeze("alice")), entry(2, .thawed(by: "alice"), at: noon + .hours(1)),
                entry(3, freeze("bob", since: noon + .hours(2)), at: noon + .hours(2)),
            ]
            try await ledger.daemon(records: entries + entries)
            #expect(try await ledger.memory(at: noon + .hours(3)).freeze?.by == "bob")
            #expect(try ledger.count("freezes") == 2)
        }
    }

    @Test func `I6: the guard's freeze is remembered from its beginning until it is ended`() async throws {
        try await withLedger { ledger in
            let hold = Hold.tooManyStops(due: 8, limit: 5)
            try await ledger.daemon(records: [LedgerEntry(at: noon, .holdBegan(hold))])
            let freeze = GuardFreeze(due: 8, limit: 5, since: noon)
            let later = noon + .hours(1)
            #expect(try await ledger.memory(at: later).guardFreeze == freeze)
            // The next daemon tells it again.
            try await ledger.daemon(at: later, records: [LedgerEntry(at: later, .holdBegan(hold))])
            #expect(try await ledger.memory(at: later).guardFreeze == freeze)
            try await ledger.daemon(at: later, records: [LedgerEntry(at: later, .holdEnded(hold))])
            #expect(try await ledger.memory(at: later).guardFreeze == nil)
        }
    }
}
