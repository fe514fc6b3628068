// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlClient
import ControlProtocol
import CurfewCore
import CurfewEngine
import Foundation

/// `curfew report`: hours and money.
struct ReportVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Shows hours and, with prices, money that notebooks spent, and that stops saved.",
        discussion: """
            Sums what the ledger has recorded, by owner, flavor, workspace or rule. The running daemon is asked; where none
            runs, its ledger is read. Dates and times are those of the terminal's time zone (TZ). Money needs `prices` in the
            policy.

            EXAMPLES
              curfew report --since 30d --by flavor
              curfew report --since 2026-10-01 --until 2026-10-31 --csv > october.csv
              curfew report --policy prices.yaml --json
            """
    )

    @Option(help: "From when on: \(PastInstantArgument.help).", transform: PastInstantArgument.parse)
    var since = PastInstantArgument.aMonthAgo

    @Option(help: "Until when; a date is included (default: now).", transform: PastInstantArgument.parse)
    var until: PastInstantArgument?

    @Option(help: "What to sum by: owner, flavor, workspace or rule; JSON has all of them.")
    var by = UsageReport.Grouping.owner

    @Option(
        help: "Takes the prices of this policy, not the daemon's, and reads the ledger itself.",
        completion: .file()
    )
    var policy: String?

    @OptionGroup var source: RecordOptions

    @Flag(help: "Prints JSON.")
    var json = false

    @Flag(help: "Prints comma-separated values.")
    var csv = false

    func validate() throws {
        guard !(json && csv) else { throw ValidationError("--json and --csv exclude each other.") }
    }

    func run() async throws {
        let terminal = Terminal.standard
        let now = SystemTime().now
        let from = try since.instant(now: now)
        let to = try until?.instant(now: now, end: true) ?? now
        guard from < to else { throw ValidationError("--since must be before --until.") }
        let document = try await answer(from: from, to: to, now: now, terminal)
        if json {
            terminal.line(try JSONOutput.text(document))
        } else if csv {
            for line in ReportCSV(document: document, grouping: by).lines { terminal.write(line + "\r\n") }
        } else {
            let text = ReportText(document: document, grouping: by, clock: LocalTime(zone: .current, now: now))
            for line in text.lines(terminal) { terminal.line(line) }
        }
    }

    /// The daemon reckons with the prices of its own policy; others need the ledger itself.
    private func answer(
        from: Timestamp,
        to: Timestamp,
        now: Timestamp,
        _ terminal: Terminal
    ) async throws -> ReportDocument {
        let question: (LedgerRecords) async throws -> ReportDocument = { records in
            try await records.report(from: from, to: to, prices: try prices(terminal), now: now)
        }
        guard policy == nil else { return try await source.ledger(source.stateDir, terminal, question) }
        let end = until == nil ? nil : to.description
        let path = ControlPath("report", query: [("since", from.description), ("until", end)])
        return try await source.document(path, terminal, fromLedger: question)
    }

    /// The prices of the policy that was named, or of the usual one, if it is there.
    private func prices(_ terminal: Terminal) throws -> PriceList? {
        let usual = "/etc/curfew/policy.yaml"
        guard let path = policy ?? (FileManager.default.fileExists(atPath: usual) ? usual : nil) else { return nil }
        return try PolicySource(path: path, time: SystemTime()).policy(terminal).prices
    }
}

extension UsageReport.Grouping: ExpressibleByArgument {}
