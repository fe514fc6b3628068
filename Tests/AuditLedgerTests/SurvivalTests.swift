// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import TestSupport
import Testing

/// Ends of the process and of the disk's space, with a process and a file system of their own.
@Suite(.timeLimit(.minutes(20)))
struct SurvivalTests {
    @Test func `I8: whatever was recorded is there after kill -9`() async throws {
        try await withLedger { ledger in
            let log = try LogFile(in: ledger.directory)
            let process = try RunningProcess(
                Repository.product("LedgerSample"),
                ["record", ledger.directory.path()],
                output: try log.writing()
            )
            #expect(await eventually { log.all.count >= 50 ? true : nil } == true)
            process.signal(SIGKILL)
            await process.exitStatus()
            let told = try #require(log.all.last.flatMap { Int($0) })
            let opening = try ledger.start()
            #expect(opening.state == .found)
            let open = try await opening.ledger.recall(now: noon).openIntents.count
            // The one that was recorded and not yet told, at most, comes on top.
            #expect((told...told + 1).contains(open))
        }
    }

    @Test func `I8: a copy of the files as they are at any moment holds every entry recorded by then`() async throws {
        try await withLedger { ledger in
            let open = try ledger.start().ledger
            for number in 1...20 {
                try await open.record([Entry.stop(number, "n\(number)")])
                try await withLedger { copy in
                    for ending in ["", "-wal"] {
                        let bytes = try Data(contentsOf: URL(filePath: ledger.path + ending))
                        try bytes.write(to: URL(filePath: copy.path + ending))
                    }
                    #expect(try await copy.memory().openIntents.count == number)
                }
            }
        }
    }

    /// Runs the script with a file system of its own in memory; `$0` is the sample, `$1` the file system.
    private func onSmallDisk(_ size: String, _ script: String) async throws -> [String] {
        try await withTemporaryFolder { folder in
            let mount = "mount -t tmpfs -o size=\(size),mode=700 tmpfs \"$1\" && "
            let result = try await FinishedProcess.run(
                "/usr/bin/unshare",
                [
                    "--mount", "--propagation", "private", "--", "sh", "-c", mount + script,
                    Repository.product("LedgerSample"), folder.path(),
                ]
            )
            #expect(result.status == 0, "\(result.errors)")
            return String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "needs root, for a file system of its own"))
    func `a full disk fails the batch, loses nothing, and is over when there is space`() async throws {
        let lines = try await onSmallDisk(
            "3m",
            #"head -c 1000000 /dev/zero >"$1/ballast" && "$0" fill "$1" "$1/ballast""#
        )
        try #require(lines.count == 4, "\(lines)")
        #expect(lines[0].hasPrefix("full: noSpace recording 20 entries in /"))
        #expect(lines[0].contains("free some space"))
        #expect(lines[1] == "again: noSpace")
        #expect(lines[2] == "state: found")
        #expect(lines[3].hasPrefix("kept: true of"))
    }

    @Test(.enabled(if: geteuid() == 0, "needs root, for a file system of its own"))
    func `a disk that is full from the beginning is an error that says so`() async throws {
        let lines = try await onSmallDisk("64k", #""$0" open "$1"; rm -f "$1"/*.new*; ls "$1""#)
        #expect(lines.first?.contains("the file system is full") == true, "\(lines)")
        // Nothing with the ledger's name that the next start would take for a damaged ledger.
        #expect(lines.dropFirst() == ["curfew.lock"])
    }

    @Test(.enabled(if: geteuid() == 0, "needs root, for a file system of its own"))
    func `a disk that cannot be written is an error that says so`() async throws {
        let lines = try await onSmallDisk("3m", #""$0" open "$1"; mount -o remount,ro "$1"; "$0" open "$1""#)
        #expect(lines.first == "opened: created")
        #expect(lines.last?.contains("failed: locking the state directory") == true, "\(lines)")
        #expect(lines.last?.contains("must be writable") == true, "\(lines)")
    }
}
