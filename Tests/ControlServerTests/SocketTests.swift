// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import SystemdSupport
import TestSupport
import Testing

/// The socket's file.
struct SocketTests {
    @Test
    func `the file is for owner and group alone, and is gone at the end`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "control.sock").path()
            let socket = try ListeningSocket.open(path: path, group: "no-such-group")
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o660)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()) == ["control.sock"])
            socket.removeFile()
            close(socket.descriptor)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()).isEmpty)
        }
    }

    @Test
    func `a stale file is replaced, a live one and anything else is refused and stays`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "control.sock").path()
            let first = try ListeningSocket.open(path: path, group: "no-such-group")
            #expect(throws: SocketFailure.inUse(path)) { try ListeningSocket.open(path: path, group: "no-such-group") }
            close(first.descriptor)
            let second = try ListeningSocket.open(path: path, group: "no-such-group")
            // What has taken its place is not its own to remove.
            first.removeFile()
            #expect(FileManager.default.fileExists(atPath: path))
            second.removeFile()
            close(second.descriptor)
            try Data().write(to: URL(filePath: path))
            #expect(throws: SocketFailure.notASocket(path)) {
                try ListeningSocket.open(path: path, group: "no-such-group")
            }
        }
    }

    @Test
    func `a path that no address holds is told`() {
        let path = "/tmp/" + String(repeating: "x", count: 120)
        #expect(throws: SocketFailure.pathTooLong("\(path).\(getpid())")) {
            try ListeningSocket.open(path: path, group: "no-such-group")
        }
    }
}
