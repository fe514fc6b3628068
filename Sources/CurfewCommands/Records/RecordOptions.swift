// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AuditLedger
import ControlProtocol
import Foundation
import SystemdSupport

/// Where verbs that look back find the ledger.
struct RecordOptions: ParsableArguments {
    @Option(help: "Where the ledger is (default: $STATE_DIRECTORY, else /var/lib/curfew).", completion: .directory)
    var stateDir: String?

    /// Asks the ledger, and says what went wrong where it does not answer.
    func asking<Answer>(_ terminal: Terminal, _ question: (LedgerRecords) async throws -> Answer) async throws -> Answer
    {
        let environment = ServiceEnvironment(environment: ProcessInfo.processInfo.environment)
        do {
            return try await question(
                LedgerRecords(directory: stateDir ?? environment.stateDirectory ?? "/var/lib/curfew")
            )
        } catch let problem as NotebookReference.Unresolved {
            terminal.complain("curfew: \(problem.text)")
            throw ExitCode.validationFailure
        } catch let error as LedgerError {
            terminal.complain("curfew: \(error)")
            throw ExitStatus.configuration
        }
    }
}

extension NotebookReference.Unresolved {
    /// What went wrong and what to do next, for people.
    fileprivate var text: String {
        switch self {
        case .unknown: "the ledger knows no notebook of that id or name"
        case .ambiguous(let candidates, let count):
            "\(count) notebooks fit; name one by its id:\n"
                + candidates.map { "  \($0.id)  \($0.name)  \($0.owner ?? "-")" }.joined(separator: "\n")
        }
    }
}
