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
}
