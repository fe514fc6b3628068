// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import SystemdSupport

/// Where the daemon finds and leaves things.
struct DaemonOptions: ParsableArguments {
    @Option(help: "The policy.", completion: .file())
    var policy = "/etc/curfew/policy.yaml"

    @Option(
        help: "Where the daemon keeps its ledger (default: $STATE_DIRECTORY, else /var/lib/curfew).",
        completion: .directory
    )
    var stateDir: String?

    @Option(
        help: "Where the daemon keeps its socket, control.sock (default: $RUNTIME_DIRECTORY, else /run/curfew).",
        completion: .directory
    )
    var runtimeDir: String?

    @Option(help: "The files with the secrets (default: $CREDENTIALS_DIRECTORY).", completion: .directory)
    var credentialsDir: String?

    @Option(help: "Where to log: journal or stderr (default: the journal where standard error leads to it).")
    var log: LogTarget?

    @Option(
        help: "The least severe level to log: trace, debug, info, notice, warning, error, critical.",
        completion: .list(Logger.Level.allCases.map(\.rawValue)),
        transform: Self.level
    )
    var logLevel: Logger.Level = .info

    private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text.lowercased()) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--log-level must be one of \(levels).")
        }
        return level
    }

    /// Where log entries go.
    enum LogTarget: String, ExpressibleByArgument, CaseIterable {
        case journal
        case stderr
    }
}
