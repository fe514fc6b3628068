// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Reads back from a real journald what the handler wrote.
@Suite(
    .enabled(if: geteuid() == 0, "needs root, for a journald in a mount namespace of its own"),
    .timeLimit(.minutes(20))
)
struct JournalTests {
    /// The journal's records of one run of the sample, oldest first.
    private func records(_ selection: String = "SYSLOG_IDENTIFIER=curfew") async throws -> [[String: Any]] {
        let script = #""$0" log && journalctl --sync && journalctl --all --output=json --no-pager "$1""#
        let result = try await FinishedProcess.run(Sample.withJournald, ["bash", "-c", script, Sample.path, selection])
        try #require(result.status == 0, "\(result.errors)")
        return try String(decoding: result.output, as: UTF8.self).split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    @Test func `each level arrives with its priority`() async throws {
        let all = try await records()
        let levels = all.prefix(7).map { "\($0["MESSAGE"] ?? "") \($0["PRIORITY"] ?? "")" }
        let expected = [
            "sample trace 7", "sample debug 7", "sample info 6", "sample notice 5", "sample warning 4",
            "sample error 3",
            "sample critical 2",
        ]
        #expect(levels == expected)
        #expect(all.count == 9)
    }

    @Test func `fields arrive whole, line feeds and all, and records are found by them`() async throws {
        let found = try await records("MESSAGE_ID=5f6ba2b40c0e4d5f9b1e3a55c1f7d201")
        try #require(found.count == 1)
        let record = found[0]
        #expect(record["MESSAGE"] as? String == "stopping a notebook\nbecause it is idle ✓")
        #expect(record["SYSLOG_IDENTIFIER"] as? String == "curfew")
        #expect(record["CURFEW_NOTEBOOK_ID"] as? String == "11111111-2222-4333-8444-555555555555")
        #expect(record["CURFEW_PLAN_ACTION"] as? String == "stop")
        #expect(record["CURFEW_REASON_CODE"] as? String == "idle-budget-spent")
        #expect(record["CURFEW_REASON_TEXT"] as? String == "idle for 1h\n\nbudget 1h = spent")
        #expect(record["CURFEW_RULES"] as? [String] == ["first", "second"])
        #expect(record["CODE_FILE"] as? String == "JournalSample/main.swift")
        #expect(Int(record["CODE_LINE"] as? String ?? "") != nil)
        #expect(record["CODE_FUNC"] != nil)
        #expect(record["_TRANSPORT"] as? String == "journal")
    }

    @Test func `a long value is cut between two characters`() async throws {
        let record = try #require(try await records().last)
        let value = try #require(record["CURFEW_LONG"] as? String)
        #expect(value.utf8.count <= 16_384)
        #expect(value.hasSuffix("ä…"))
    }

    @Test func `standard error that leads to the journal is recognised, a redirected one is not`() async throws {
        let selection = "journalctl --sync; journalctl -t curfew --output=cat --no-pager --output-fields=CURFEW_JOURNAL"
        // What the service manager sets for a unit whose standard error leads to the journal.
        let naming = #"JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2); export JOURNAL_STREAM;"#
        let attached = #"systemd-cat sh -c '\#(naming) exec "$0" attached' "$0"; \#(selection)"#
        let inside = try await FinishedProcess.run(Sample.withJournald, ["bash", "-c", attached, Sample.path])
        #expect(inside.output == Data("true\n".utf8))
        let redirected =
            #"systemd-cat sh -c '\#(naming) exec "$0" attached 2>/dev/null' "$0"; \#(selection)"#
        let outside = try await FinishedProcess.run(Sample.withJournald, ["bash", "-c", redirected, Sample.path])
        #expect(outside.output == Data("false\n".utf8))
    }

    @Test func `the command's own status comes back`() async throws {
        #expect(try await FinishedProcess.run(Sample.withJournald, ["sh", "-c", "exit 7"]).status == 7)
    }
}
