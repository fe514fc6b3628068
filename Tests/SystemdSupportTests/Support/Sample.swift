// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// The sample program that logs and notifies as the daemon does.
enum Sample {
    /// The built program, which lies beside the tests.
    static var path: String { Repository.product("JournalSample") }

    /// The script that runs a command with a journald of its own.
    static var withJournald: String { Repository.script("with-journald.sh") }
}
