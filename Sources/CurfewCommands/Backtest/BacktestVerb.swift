// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import PolicyFile

/// `curfew backtest`: a policy on what the daemon has recorded.
struct BacktestVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Shows what a policy would have stopped in the last days, and whether that would have been wrong.",
        discussion: """
            Tries the policy, and the one in force beside it, on what the daemon has recorded in its ledger. The daemon may
            run meanwhile, and nothing is changed. Nothing counts as idle unless a look proves it: a time of which nothing is
            proven stops nothing, and is told as "could not be judged".

            EXAMPLES
              curfew backtest --policy new.yaml
              curfew backtest --policy new.yaml --since 30d --soon 4h --json
            """
    )

    @Option(help: "The policy to try.", completion: .file())
    var policy: String

    @Option(help: "How far to look back.", transform: Self.span)
    var since: Duration = .seconds(14 * 86_400)

    @Option(help: "Use so soon after a stop makes it likely wrong.", transform: Self.span)
    var soon: Duration = .seconds(2 * 3_600)

    @Option(help: "The policy to compare with (default: /etc/curfew/policy.yaml, if it is there).", completion: .file())
    var against: String?

    @Option(help: "Where the ledger is (default: $STATE_DIRECTORY, else /var/lib/curfew).", completion: .directory)
    var stateDir: String?

    @Flag(help: "Prints JSON.")
    var json = false

    private static func span(_ text: String) throws -> Duration {
        guard let span = try? DurationText.parse(text), span > .zero else {
            throw ValidationError("'\(text)' is no span; write it as 14d or 2h 30min.")
        }
        return span
    }

    func run() async throws {
        let terminal = Terminal.standard
        let time = SystemTime()
        let candidate = try PolicySource(path: policy, time: time).policy(terminal)
        let present = try inForce.map { ($0, try PolicySource(path: $0, time: time).policy(terminal)) }
        let history = try history(since: time.now - since, terminal)
        let report = BacktestReport(
            history: history,
            soon: soon,
            candidate: .init(name: policy, result: Backtest(of: candidate, on: history)),
            present: present.map { .init(name: $0.0, result: Backtest(of: $0.1, on: history)) }
        )
        if json {
            terminal.line(try JSONOutput.text(report.document(generatedAt: time.now)))
        } else {
            for line in report.lines(terminal) { terminal.line(line) }
        }
    }

    /// The file of the policy in force, if there is one.
    private var inForce: String? {
        if let against { return against }
        let usual = "/etc/curfew/policy.yaml"
        return FileManager.default.fileExists(atPath: usual) ? usual : nil
    }

    private func history(since: Timestamp, _ terminal: Terminal) throws -> FleetHistory {
        do {
            return try LedgerReader(directory: StateDirectory.path(stateDir)).history(since: since)
        } catch {
            terminal.complain("curfew: \(error)")
            throw ExitStatus.configuration
        }
    }
}
