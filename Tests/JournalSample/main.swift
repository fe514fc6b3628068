// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Logging
import SystemdSupport

// Speaks to journald and to the service manager in the way of the daemon, for tests that read what arrives.

var log = Logger(label: "journal-sample") { _ in JournalLogHandler(logLevel: .trace) }
log[metadataKey: "notebook.id"] = "11111111-2222-4333-8444-555555555555"

switch CommandLine.arguments.dropFirst().first {
case "log":
    for level in Logger.Level.allCases { log.log(level: level, "sample \(level.rawValue)") }
    log.notice(
        "stopping a notebook\nbecause it is idle ✓",
        metadata: [
            "message.id": "5f6ba2b4-0c0e-4d5f-9b1e-3a55c1f7d201", "plan.action": "stop",
            "reason": ["code": "idle-budget-spent", "text": "idle for 1h\n\nbudget 1h = spent"],
            "rules": ["first", "second"],
        ]
    )
    log.info("a long value", metadata: ["long": "\(String(repeating: "ä", count: 20_000))"])
case "notify":
    let manager = ServiceManager()
    var replies = [manager.notify(.ready, .status("polling\nMAINPID=1")), manager.notify(.watchdog)]
    replies += [manager.notifyReloading(), manager.notify(.stopping)]
    log = Logger(label: "journal-sample") { _ in StderrLogHandler { "-" } }
    log.notice(
        "told",
        metadata: ["replies": "\(replies)", "watchdog": "\(String(describing: manager.watchdogInterval))"]
    )
case "attached":
    let environment = ServiceEnvironment(environment: ProcessInfo.processInfo.environment)
    log.notice("attached", metadata: ["journal": "\(environment.journalIsAttached)"])
default:
    log.error("usage: journal-sample log|notify|attached")
}
