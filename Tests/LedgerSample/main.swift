// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import TestSupport

// Uses a ledger in the way of the daemon, for tests that end it, fill its disk or count what it does.

let now = SampleDecision.noon

func say(_ text: String) { FileHandle.standardOutput.write(Data("\(text)\n".utf8)) }

func open(_ directory: String) throws -> SQLiteLedger.Opening {
    try SQLiteLedger.open(under: StateDirectoryLock(directory: directory, now: now), now: now)
}

func intent(_ number: Int, at: Timestamp = now) -> LedgerEntry {
    let notebook = SampleDecision.notebook("notebook-\(number)", now: at)
    return LedgerEntry(at: at, .intent(action: number, notebook, SampleDecision.stop(notebook, now: at)))
}

func outcome(_ number: Int, at: Timestamp = now) -> LedgerEntry {
    LedgerEntry(at: at, .outcome(action: number, SampleDecision.notebook("notebook-\(number)"), .confirmed))
}

/// Records intents, one by one, and tells each that is kept, until somebody ends the program.
func recordForEver(_ directory: String) async throws {
    let ledger = try open(directory).ledger
    var number = 0
    while true {
        number += 1
        try await ledger.record([intent(number)])
        say("\(number)")
    }
}

/// Records until the disk is full, then removes the ballast and records on.
func fill(_ directory: String, ballast: String) async throws {
    let ledger = try open(directory).ledger
    var number = 0
    func next() -> [LedgerEntry] { (number + 1...number + 20).map { intent($0) } }
    do {
        while true {
            try await ledger.record(next())
            number += 20
        }
    } catch let error as LedgerError {
        say("full: \(error.kind) \(error)")
    }
    // Still full: it must fail again, not hang or crash.
    do { try await ledger.record(next()) } catch let error as LedgerError { say("again: \(error.kind)") }
    try FileManager.default.removeItem(atPath: ballast)
    try await ledger.record(next())
    try ledger.close()
    let opening = try SQLiteLedger.open(under: StateDirectoryLock(directory: directory, now: now), now: now)
    let open = try await opening.ledger.recall(now: now).openIntents.count
    say("state: \(opening.state)")
    say("kept: \(open == number + 20) of \(number + 20)")
}

/// Prints how fast and how large the ledger is.
func measure(_ directory: String, actions: Int) async throws {
    let ledger = try open(directory).ledger
    let clock = ContinuousClock()
    let single = try await clock.measure {
        for number in 1...500 { try await ledger.record([intent(number)]) }
    }
    say("batches of 1: \(Int(500 / (single / .seconds(1)))) entries/s")
    var number = 500
    let many = try await clock.measure {
        while number < 500 + actions {
            let numbers = number + 1...number + 500
            let at = now + .milliseconds(number)
            try await ledger.record(numbers.map { intent($0, at: at) } + numbers.map { outcome($0, at: at) })
            number += 500
        }
    }
    say("batches of 1000: \(Int(Double(2 * actions) / (many / .seconds(1)))) entries/s")
    try ledger.close()
    let path = "\(directory)/\(SQLiteLedger.fileName)"
    let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    say("\(bytes) bytes, \(bytes / number) per action")
    let spent = try await clock.measure {
        let reopened = try SQLiteLedger.open(under: StateDirectoryLock(directory: directory, now: now), now: now)
        say("open intents: \(try await reopened.ledger.recall(now: now).openIntents.count)")
    }
    say("opening, checking and recalling: \(spent)")
}

let arguments = CommandLine.arguments.dropFirst()
do {
    switch (arguments.first, arguments.dropFirst().first, arguments.dropFirst(2).first) {
    case ("record", let directory?, nil): try await recordForEver(directory)
    case ("fill", let directory?, let ballast?): try await fill(directory, ballast: ballast)
    case ("measure", let directory?, let actions):
        try await measure(directory, actions: actions.flatMap(Int.init) ?? 20_000)
    case ("open", let directory?, nil): say("opened: \(try open(directory).state)")
    case ("hold", let directory?, nil):
        let lock = try StateDirectoryLock(directory: directory, now: now)
        say("locked \(lock.directory)")
        _ = try FileHandle.standardInput.readToEnd()
    default: say("usage: LedgerSample record|open|hold|measure DIRECTORY, LedgerSample fill DIRECTORY BALLAST")
    }
} catch {
    say("failed: \(error)")
}
