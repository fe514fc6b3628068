// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlClient
import ControlProtocol
import Foundation
import SystemdSupport

/// Which daemon is asked.
struct ControlOptions: ParsableArguments {
    @Option(
        help: "The daemon's runtime directory, with its socket (default: $RUNTIME_DIRECTORY, else /run/curfew).",
        completion: .directory
    )
    var runtimeDir: String?

    /// The daemon's socket.
    var socket: String {
        Self.socket(in: runtimeDir ?? ProcessInfo.processInfo.environment["RUNTIME_DIRECTORY"])
    }

    /// The socket in a runtime directory, the usual one where none is given.
    static func socket(in directory: String?) -> String {
        let directory = directory.flatMap { $0.isEmpty ? nil : $0 } ?? "/run/curfew"
        return directory.hasSuffix("/") ? directory + "control.sock" : directory + "/control.sock"
    }

    /// Asks the daemon; what fails is told on standard error and ends with the exit code that belongs to it.
    func asking<Result>(
        _ terminal: Terminal,
        patience: Duration? = ControlClient.patience,
        _ body: (ControlClient) async throws -> Result
    ) async throws -> Result {
        do {
            return try await ControlClient.with(socket: socket, patience: patience, body)
        } catch let failure as ControlFailure {
            throw failure.told(terminal)
        }
    }
}

extension ControlFailure {
    /// Tells the failure on standard error, and gives the exit code that belongs to it.
    func told(_ terminal: Terminal) -> ExitCode {
        for line in lines { terminal.complain(line) }
        return exitStatus
    }

    /// The failure for people, with the notebooks that an ambiguous name may mean and the problems of a policy.
    var lines: [String] {
        guard case .problem(let problem) = self else { return ["curfew: \(self)"] }
        var table = TextTable(["  ID", "NOTEBOOK", "OWNER"])
        for name in problem.candidates ?? [] {
            table.add([.init("  \(name.id)"), .init(name.name), .init(name.owner ?? "-")])
        }
        let candidates = problem.candidates == nil ? [] : table.lines(Terminal())
        return (problem.diagnostics ?? []) + ["curfew: \(self)".printable] + candidates
    }

    /// The exit code for scripts.
    var exitStatus: ExitCode {
        switch self {
        case .noDaemon, .unusable: ExitStatus.unavailable
        case .closed: ExitStatus.notPermitted
        case .interrupted, .garbled: ExitCode.failure
        case .problem(let problem): problem.exitStatus
        }
    }
}

extension ProblemDocument {
    fileprivate var exitStatus: ExitCode {
        switch type {
        case Kind.unknownNotebook, Kind.ambiguousNotebook: ExitStatus.usage
        case Kind.notPermitted: ExitStatus.notPermitted
        case Kind.badPolicy: ExitStatus.configuration
        default: status == 401 || status == 403 ? ExitStatus.notPermitted : ExitCode.failure
        }
    }
}
