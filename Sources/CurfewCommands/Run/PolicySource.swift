// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import PolicyFile

/// The policy file that a program was given.
struct PolicySource: Sendable {
    let path: String
    let time: any TimeSource

    /// Reads and checks the file as it is now.
    func load() -> PolicyLoad {
        PolicyLoader().load(path: path, now: time.now)
    }

    /// The policy; every problem of the file is told on standard error, and one that keeps it from being used ends the
    /// program with its code.
    func policy(_ terminal: Terminal) throws -> Policy {
        let load = load()
        for diagnostic in load.diagnostics { terminal.complain(diagnostic.description) }
        guard let policy = load.policy else { throw ExitStatus.configuration }
        return policy
    }
}
