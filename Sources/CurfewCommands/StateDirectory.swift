// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import SystemdSupport

/// Where the daemon keeps its ledger.
enum StateDirectory {
    /// The directory that was named, else the one that the service manager names, else the usual one.
    static func path(_ named: String? = nil) -> String {
        named ?? ServiceEnvironment(environment: ProcessInfo.processInfo.environment).stateDirectory
            ?? "/var/lib/curfew"
    }
}
