// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
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
            Sums what the ledger has recorded, by owner, flavor, workspace or rule. Dates and times are those of the
            terminal's time zone (TZ). Money needs `prices` in the policy.

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

    @Option(help: "Takes the prices of this policy (default: /etc/curfew/policy.yaml).", completion: .file())
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
        let time = SystemTime()
        let now = time.now
        let from = try since.instant(now: now)
        let to = try until?.instant(now: now, end: true) ?? now
        guard from < to else { throw ValidationError("--since must be before --until.") }
        let prices = try pricedPolicy.flatMap { try PolicySource(path: $0, time: time).policy(terminal).prices }
        let document = try await source.asking(terminal) { records in
            try await records.report(from: from, to: to, prices: prices, now: now)
        }
        if json {
            terminal.line(try JSONOutput.text(document))
        } else if csv {
            for line in ReportCSV(document: document, grouping: by).lines { terminal.write(line + "\r\n") }
        } else {
            let text = ReportText(document: document, grouping: by, clock: LocalTime(zone: .current, now: now))
            for line in text.lines(terminal) { terminal.line(line) }
        }
    }

    /// The policy that has the prices, if there is one.
    private var pricedPolicy: String? {
        if let policy { return policy }
        let usual = "/etc/curfew/policy.yaml"
        return FileManager.default.fileExists(atPath: usual) ? usual : nil
    }
}

extension UsageReport.Grouping: ExpressibleByArgument {}
