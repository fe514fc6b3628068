// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AuditLedger
import ControlClient
import ControlProtocol
import CurfewCore
import CurfewEngine
import Foundation

/// `curfew explain`: why a notebook is treated as it is.
struct ExplainVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Shows why a notebook was, will be or will not be stopped or prolonged.",
        discussion: """
            Shows the rules that were tried and why each does or does not decide, the evidence with its age, the deadlines,
            what comes by itself, and what would change the verdict.

            The running daemon is asked. With --at, a past instant is explained by what the ledger recorded of it and by
            the policy of now, with what the daemon really did around that instant. With --state-dir, the ledger of that
            directory is read without a daemon, and --policy names the policy to explain by.

            EXAMPLES
              curfew explain trainer
              curfew explain trainer --at "2026-11-20 18:05"
              curfew explain 1111 --at -3h --json
              curfew explain trainer --state-dir /var/lib/curfew --policy policy.yaml
            """
    )

    @Argument(
        help: "The notebook: its id, a beginning of it that no other has, or its name.",
        completion: NotebookCompletion.kind
    )
    var notebook: String

    @Option(parsing: .unconditional, help: "\(Self.instantHelp)", transform: Self.instant)
    var at: InstantArgument?

    @OptionGroup var daemon: ControlOptions

    @Option(help: "Reads the ledger in this directory and asks no daemon.", completion: .directory)
    var stateDir: String?

    @Option(help: "The policy to explain by, with --state-dir.", completion: .file())
    var policy = "/etc/curfew/policy.yaml"

    @Flag(help: "Prints JSON.")
    var json = false

    private static let instantHelp =
        "A past instant: 2026-11-20T18:05:00+01:00, \"2026-11-20 18:05\" in this machine's time zone, or a span such as -3h."

    private static func instant(_ text: String) throws -> InstantArgument {
        guard let instant = InstantArgument(text) else {
            throw ValidationError("'\(text)' is no instant. \(instantHelp)")
        }
        return instant
    }

    func run() async throws {
        let terminal = Terminal.standard
        let time = SystemTime()
        let instant = at.flatMap { $0.instant(now: time.now, zone: .current) }
        if let instant, instant > time.now {
            terminal.complain("curfew: --at lies in the future; `curfew plan --at` shows what would be done then")
            throw ExitStatus.usage
        }
        let document =
            if let stateDir {
                try fromLedger(stateDir, instant, time: time, terminal)
            } else {
                try await fromDaemon(instant, terminal)
            }
        if json {
            terminal.line(try JSONOutput.text(document))
        } else {
            for line in ExplanationText(document, zone: .current, terminal: terminal).lines { terminal.line(line) }
        }
    }

    private func fromDaemon(_ instant: Timestamp?, _ terminal: Terminal) async throws -> ExplanationDocument {
        let path = ControlPath("notebooks", notebook, "explanation", query: [("at", instant?.description)])
        return try await daemon.asking(terminal) { try await $0.get(ExplanationDocument.self, path) }
    }

    private func fromLedger(_ directory: String, _ instant: Timestamp?, time: SystemTime, _ terminal: Terminal) throws
        -> ExplanationDocument
    {
        let policy = try PolicySource(path: policy, time: time).policy(terminal)
        do {
            let reader = try LedgerReader(directory: directory)
            let ledger = LedgerExplanation(reader: reader, policy: policy, policyPath: self.policy)
            let id = try ledger.notebook(NotebookReference(notebook))
            let moment = try instant ?? reader.lastRecordedAt ?? time.now
            return try ledger.document(of: id, at: moment, generatedAt: time.now)
        } catch LedgerExplanation.Failure.unresolved(let why) {
            throw why.failure.told(terminal)
        } catch LedgerExplanation.Failure.notRecorded {
            terminal.complain(
                "curfew: nothing is recorded of \(notebook) at that instant; "
                    + "`curfew history \(notebook)` shows what the daemon did to it"
            )
            throw ExitCode.failure
        } catch let error as LedgerError {
            terminal.complain("curfew: \(error)")
            throw ExitStatus.configuration
        }
    }
}
