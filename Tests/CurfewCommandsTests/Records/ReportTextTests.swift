// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore
import Foundation
import TestSupport
import Testing

@testable import CurfewCommands

struct ReportTextTests {
    private static let noon = SampleDecision.noon
    private static let clock = LocalTime(zone: .gmt, now: noon)

    /// Three owners: one with a large machine, one who is stopped every day, and one with a strange name.
    private static func document(prices: Bool) throws -> ReportDocument {
        let list = PriceList(
            currency: "EUR",
            perHour: [
                .init(flavor: try Glob("gpu"), price: Money(tenThousandths: 24_000)),
                .init(flavor: try Glob("cpu"), price: Money(tenThousandths: 1_200)),
            ]
        )
        var report = UsageReport(from: noon - .seconds(10 * 86_400), to: noon, prices: prices ? list : nil)
        for (index, owner) in ["alice", "训练", "=cmd|' /C calc'!A0"].enumerated() {
            let traits = RunTraits(
                owner: Notebook.Owner(name: owner, id: "u-\(index)"),
                flavor: index == 0 ? "gpu" : "cpu",
                workspace: "0"
            )
            let id = NotebookID("n\(index)")
            let (start, end) = (noon - .seconds(200_000), noon - .seconds(20_000 + 50_000 * index))
            report.add(
                ReportedNotebook(
                    id: id,
                    runs: [.init(UsageRun(notebook: id, traits: traits, began: start, end: .ended(end)), rule: "idle")],
                    stops: index == 1 ? [.init(at: end, rule: "idle", watchedUntil: noon)] : [],
                    renewals: index == 0 ? [.init(run: 0, rule: "kept", count: 7)] : [],
                    looks: [
                        EvidenceName("jupyter"): [
                            .init(firstAt: end, lastAt: end, activity: .idle(since: end - .seconds(36_000)))
                        ]
                    ]
                )
            )
        }
        return ReportDocument(report, generatedAt: noon)
    }

    private func lines(_ terminal: Terminal, prices: Bool = true, by: UsageReport.Grouping = .owner) throws -> [String]
    {
        ReportText(document: try Self.document(prices: prices), grouping: by, clock: Self.clock).lines(terminal)
    }

    @Test
    func `80 columns hold the table and a chart`() throws {
        let lines = try lines(Terminal(width: 80), prices: false)
        #expect(lines.joined(separator: "\n") == Self.narrow)
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 })
    }

    @Test
    func `with prices there is money, and a longer chart where there is room`() throws {
        #expect(try lines(Terminal(width: 140)).joined(separator: "\n") == Self.wide)
    }

    @Test
    func `a terminal without Unicode gets ASCII`() throws {
        let lines = try lines(Terminal(width: 140, showsUnicode: false), by: .flavor)
        #expect(lines.allSatisfy { $0.allSatisfy(\.isASCII) })
        #expect(lines.contains { $0.contains("#") && $0.contains("=") })
    }

    @Test
    func `CSV is what RFC 4180 says, and no cell is a formula`() throws {
        let csv = ReportCSV(document: try Self.document(prices: true), grouping: .owner)
        #expect(csv.lines == Self.csv)
        #expect(ReportCSV.cell("a,\"b\"") == "\"a,\"\"b\"\"\"")
        #expect(ReportCSV.cell("+1") == "'+1" && ReportCSV.cell("@x") == "'@x" && ReportCSV.cell("-") == "'-")
        #expect(ReportCSV.cell("a\nb") == "\"a\nb\"" && ReportCSV.cell(" a") == "\" a\"" && ReportCSV.cell("") == "")
    }

    @Test
    func `JSON is read back as it was written, with nulls for what is not known`() throws {
        let document = try Self.document(prices: false)
        let text = try JSONOutput.text(document)
        #expect(try JSONDecoder().decode(ReportDocument.self, from: Data(text.utf8)) == document)
        #expect(text.contains("\"currency\" : null") && text.contains("\"spentMoney\" : null"))
    }

    private static let narrow = """
        2026-11-10 12:00 to 2026-11-20 12:00

        OWNER               HOURS  IDLE H  SAVED H  STOPS  RENEWALS
        alice                50.0    10.0      0.0      0         7  ██████████████▒▒▒
        训练                 36.1    10.0     19.4      1         0  █████████▒▒▒░░░░░░░
        =cmd|' /C calc'!A0   22.2    10.0      0.0      0         0  █████▒▒▒
        total               108.3    30.0     19.4      1         7

        █ running, ▒ of it idle as far as looks prove it, ░ saved by stops
        Saved: from a confirmed stop to the next start, the end of the lease, or a day.
        """
    private static let wide = """
        2026-11-10 12:00 to 2026-11-20 12:00

        OWNER               HOURS     EUR  IDLE H  SAVED H  SAVED EUR  STOPS  RENEWALS
        alice                50.0  120.00    10.0      0.0       0.00      0         7  █████████████████████████████▒▒▒▒▒▒▒
        训练                 36.1    4.33    10.0     19.4       2.33      1         0  ███████████████████▒▒▒▒▒▒▒░░░░░░░░░░░░░░
        =cmd|' /C calc'!A0   22.2    2.67    10.0      0.0       0.00      0         0  █████████▒▒▒▒▒▒▒
        total               108.3  127.00    30.0     19.4       2.33      1         7

        █ running, ▒ of it idle as far as looks prove it, ░ saved by stops
        Saved: from a confirmed stop to the next start, the end of the lease, or a day.
        """
    private static let csv = [
        "owner,key,running_hours,idle_hours,saved_hours,currency,spent,idle_spent,saved,unpriced_hours,stops,renewals",
        "alice,u-0,50.000,10.000,0.000,EUR,120.00,24.00,0.00,0.000,0,7",
        "训练,u-1,36.111,10.000,19.444,EUR,4.3333,1.20,2.3333,0.000,1,0",
        "'=cmd|' /C calc'!A0,u-2,22.222,10.000,0.000,EUR,2.6667,1.20,0.00,0.000,0,0",
    ]
}
