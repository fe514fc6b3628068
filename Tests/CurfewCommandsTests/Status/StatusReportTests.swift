// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore
import Foundation
import TestSupport
import Testing

@testable import CurfewCommands

struct StatusReportTests {
    private static let now = SampleDecision.noon

    /// A notebook in use, changed.
    private static func row(_ name: String, _ change: (inout StatusTableRow) -> Void = { _ in }) -> StatusTableRow {
        let notebook = SampleDecision.notebook("id-\(name)", name: name, leaseLeft: .seconds(7_200))
        let record = NotebookRecord(notebook, readAt: now, marks: nil)
        var row = StatusTableRow(SampleDecision.prolong(notebook), record: record, underWay: nil, isStuck: false)
        (row.action, row.rule, row.deadline) = ("leave", "everyone else", nil)
        (row.activity, row.code, row.reasons) = ("active", "active", "a kernel is busy")
        change(&row)
        return row
    }

    private static func idle(_ row: inout StatusTableRow, for seconds: Int) {
        (row.activity, row.lastActivityAt) = ("idle", now - .seconds(seconds))
    }

    private static let rows = [
        row("训练-llm") {
            idle(&$0, for: 3_000)
            $0.deadline = now + .seconds(600)
        },
        row("dashboard") { ($0.keptUntil, $0.activity, $0.owner) = (now + .seconds(86_400), nil, "bob") },
        row("forgotten") {
            idle(&$0, for: 3_601)
            ($0.action, $0.deadline, $0.underWay) = ("stop", now - .seconds(1), "stop")
            $0.reasons = "idle for 1h, budget 1h"
        },
        row("hangs") {
            ($0.activity, $0.code) = ("unknown", "evidence-unknown")
            $0.reasons = "activity unknown (jupyter: no answer within 5s)"
        },
        row("refused") { ($0.action, $0.isStuck, $0.leaseExpiresAt) = ("prolong", true, now + .seconds(90)) },
        row("sleeping") { ($0.status, $0.activity, $0.rule) = ("STOPPED", nil, nil) },
    ]

    private static let answer = StatusAnswer(
        generatedAt: now,
        mode: "enforce",
        rows: rows,
        holds: ["stops are frozen by carol since 2026-11-20T11:00:00.000Z: the storage is being moved"],
        troubles: [],
        policy: StatusAnswer.PolicyInForce(path: "/etc/curfew/policy.yaml", since: now - .seconds(86_400)),
        lastListedAt: now - .seconds(20)
    )

    @Test(arguments: [("status-80", 80), ("status-160", 160)])
    func `the table reads as people approved it, and fits the terminal`(_ name: String, _ width: Int) throws {
        let zone = try #require(TimeZone(identifier: "UTC"))
        let report = StatusReport(Self.answer, order: .name, zone: zone)
        let lines = report.lines(Terminal(width: width), now: Self.now + .seconds(1))
        try GoldenText.expect(lines, name)
        #expect(lines.dropFirst(4).allSatisfy { DisplayWidth.of($0) <= width })
    }

    @Test(
        arguments: [
            (.name, ["dashboard", "forgotten", "hangs", "refused", "sleeping", "训练-llm"]),
            (.owner, ["forgotten", "hangs", "refused", "sleeping", "训练-llm", "dashboard"]),
            (.deadline, ["forgotten", "训练-llm", "dashboard", "hangs", "refused", "sleeping"]),
            (.idle, ["forgotten", "训练-llm", "dashboard", "hangs", "refused", "sleeping"]),
            (.verdict, ["refused", "forgotten", "dashboard", "hangs", "训练-llm", "sleeping"]),
        ] as [(StatusOrder, [String])]
    )
    func `rows are sorted as was asked, the rest by name`(_ order: StatusOrder, _ names: [String]) {
        #expect(order.sorted(Self.rows.reversed()).map(\.name) == names)
    }

    @Test
    func `a picture without a complete listing, or with an old one, is told as such`() throws {
        var answer = Self.answer
        answer.lastListedAt = nil
        #expect(
            StatusReport(answer, order: .name).lines(Terminal(), now: Self.now).contains {
                $0.contains("not been listed")
            }
        )
        answer.lastListedAt = Self.now - .seconds(3_600)
        #expect(StatusReport(answer, order: .name).lines(Terminal(), now: Self.now).contains { $0.contains("1h ago") })
    }
}
