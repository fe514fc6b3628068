// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct LockTests {
    @Test func `a second holder is refused, and told who holds the lock since when`() async throws {
        try await withTemporaryFolder { folder in
            let first = try StateDirectoryLock(directory: folder.path(), now: noon)
            let error = #expect(throws: StateDirectoryInUse.self) {
                try StateDirectoryLock(directory: folder.path(), now: noon + .hours(1))
            }
            #expect(error?.holder?.process == getpid())
            #expect(error?.holder?.since == noon)
            #expect(error?.description.contains("process \(getpid()), since 2026-11-20T12:00:00.000Z") == true)
            #expect(!first.directory.hasSuffix("/"))
        }
    }

    @Test func `a lock that is let go is free`() async throws {
        try await withTemporaryFolder { folder in
            do { _ = try StateDirectoryLock(directory: folder.path(), now: noon) }
            let second = try StateDirectoryLock(directory: folder.path(), now: noon + .hours(1))
            let text = try String(contentsOfFile: "\(second.directory)/curfew.lock", encoding: .utf8)
            #expect(text == "pid \(getpid())\nsince 2026-11-20T13:00:00.000Z\n")
        }
    }

    @Test func `the lock of a killed process is free at once`() async throws {
        try await withTemporaryFolder { folder in
            let log = try LogFile(in: folder)
            let process = try RunningProcess(
                Repository.product("LedgerSample"),
                ["hold", folder.path()],
                output: try log.writing()
            )
            #expect(await eventually { log.all.first } != nil)
            let error = #expect(throws: StateDirectoryInUse.self) {
                try StateDirectoryLock(directory: folder.path(), now: noon)
            }
            #expect(error?.holder?.process == process.id)
            process.signal(SIGKILL)
            await process.exitStatus()
            _ = try StateDirectoryLock(directory: folder.path(), now: noon)
        }
    }

    @Test func `an open ledger keeps its directory locked`() async throws {
        try await withLedger { ledger in
            let opening = try ledger.start()
            #expect(throws: StateDirectoryInUse.self) { try ledger.start() }
            withExtendedLifetime(opening) {}
        }
    }

    @Test func `a directory that is missing, or none, is an error that says what to do`() async throws {
        try await withTemporaryFolder { folder in
            let missing = #expect(throws: LedgerError.self) {
                try StateDirectoryLock(directory: "\(folder.path())/nothing", now: noon)
            }
            #expect(missing?.kind == .notUsable)
            #expect(missing?.description.contains("no such directory") == true)
            let file = folder.appending(path: "file").path()
            try Data().write(to: URL(filePath: file))
            let wrong = #expect(throws: LedgerError.self) { try StateDirectoryLock(directory: file, now: noon) }
            #expect(wrong?.kind == .notUsable)
        }
    }

    @Test func `lock and ledger are readable by their owner alone`() async throws {
        try await withLedger { ledger in
            let open = try ledger.start().ledger
            try await open.record([Entry.stop(1)])
            for name in try ledger.files {
                let path = ledger.directory.appending(path: name).path()
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(mode == 0o600, "\(name)")
            }
            #expect(try ledger.files.count == 4)
        }
    }
}
