// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Logging
import SystemdSupport

/// Sets up logging for a process; once per process.
enum LogBootstrap {
    /// Sends log entries to the journal or to standard error, as the options and the environment say.
    static func start(_ options: DaemonOptions, environment: ServiceEnvironment) -> Logger {
        let target = options.log ?? (environment.journalIsAttached ? .journal : .stderr)
        let level = options.logLevel
        LoggingSystem.bootstrap { _ in
            switch target {
            case .journal: JournalLogHandler(logLevel: level)
            case .stderr: StderrLogHandler(logLevel: level, time: { SystemTime().now.description })
            }
        }
        return Logger(label: "curfew")
    }
}
