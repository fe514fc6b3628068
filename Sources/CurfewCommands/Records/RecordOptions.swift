// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AuditLedger
import ControlClient
import ControlProtocol
import Foundation

/// Where verbs that look back find what was recorded.
///
/// The running daemon is asked. Where none runs, which is when people want to know most, the ledger itself is read.
struct RecordOptions: ParsableArguments {
    @OptionGroup var daemon: ControlOptions

    @Option(help: "Reads the ledger in this directory and asks no daemon.", completion: .directory)
    var stateDir: String?

    /// The daemon's answer, or what the ledger says.
    func document<Document: Decodable & Sendable>(
        _ path: ControlPath,
        _ terminal: Terminal,
        fromLedger question: (LedgerRecords) async throws -> Document
    ) async throws -> Document {
        if let stateDir { return try await ledger(stateDir, terminal, question) }
        do {
            return try await ControlClient.with(socket: daemon.socket) { try await $0.get(Document.self, path) }
        } catch let failure as ControlFailure {
            guard case .noDaemon = failure, daemon.runtimeDir == nil, let usual = usualDirectory else {
                throw failure.told(terminal)
            }
            terminal.complain("curfew: no daemon answers at \(daemon.socket), so the ledger in \(usual) is read")
            return try await ledger(usual, terminal, question)
        }
    }

    /// What the ledger says, whether a daemon runs or not.
    func ledger<Document>(
        _ directory: String?,
        _ terminal: Terminal,
        _ question: (LedgerRecords) async throws -> Document
    ) async throws -> Document {
        do {
            return try await question(LedgerRecords(directory: StateDirectory.path(directory)))
        } catch let why as NotebookReference.Unresolved {
            throw why.failure.told(terminal)
        } catch let error as LedgerError {
            terminal.complain("curfew: \(error)")
            throw ExitStatus.configuration
        }
    }

    /// The usual state directory, if there is a ledger in it that this user can see.
    private var usualDirectory: String? {
        let directory = StateDirectory.path()
        return FileManager.default.fileExists(atPath: "\(directory)/\(SQLiteLedger.fileName)") ? directory : nil
    }
}
