// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlServer
import Foundation
import SystemdSupport
import TestSupport
import Testing

/// Who may do what, tried by processes of other users.
@Suite(.timeLimit(.minutes(20)), .enabled(if: geteuid() == 0, "skipped: being other users needs root"))
struct AccessTests {
    /// Users that have no name here, so that their groups are those that the test says.
    private static let (reader, stranger, operate) = (54_001, 54_002, 54_003)
    private static let (socketGroup, otherGroup, operators) = (0, 54_012, 54_013)

    private static var accounts: Accounts {
        Accounts(
            userName: { $0 == UInt32(operate) ? "olga" : nil },
            groups: { user, group in user == UInt32(reader) ? [group, UInt32(socketGroup)] : [group] },
            groupNumber: { $0 == "operators" ? UInt32(operators) : nil }
        )
    }

    private func status(
        _ server: RunningServer,
        _ user: Int,
        _ group: Int,
        _ method: String = "GET",
        _ path: String = "/v1/status"
    ) async throws -> Int? {
        let found = try await CrowdTests.clients("as", server.path, "\(user)", "\(group)", method, path)
        return found["status"] as? Int
    }

    /// A server whose socket all may connect to, so that it is the server that says no.
    private func withOpenDoor(_ body: (RunningServer) async throws -> Void) async throws {
        try await RunningServer.with(accounts: Self.accounts) { (server: RunningServer) async throws in
            let folder = URL(filePath: server.path).deletingLastPathComponent().path()
            for path in [folder, server.path] { try Self.open(path) }
            try await body(server)
        }
    }

    /// Lets everybody in, as far as the kernel is concerned.
    private static func open(_ path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path)
    }

    @Test
    func `a user outside the socket's group is refused by the kernel, and by the server where the kernel lets them in`()
        async throws
    {
        try await RunningServer.with(accounts: Self.accounts) { (server: RunningServer) async throws in
            try Self.open(URL(filePath: server.path).deletingLastPathComponent().path())
            #expect(try await status(server, Self.stranger, Self.otherGroup) == 0)
        }
        try await withOpenDoor { (server: RunningServer) async throws in
            #expect(try await status(server, Self.stranger, Self.otherGroup) == 403)
            #expect(try await status(server, Self.stranger, Self.otherGroup, "GET", "/v1/nothing") == 403)
            #expect(try await status(server, Self.stranger, Self.otherGroup, "POST", "/v1/thaw") == 403)
            #expect(server.backend.asked.isEmpty)
        }
    }

    @Test
    func `members of the socket's group read, and only the operators that the policy names act`() async throws {
        try await withOpenDoor { (server: RunningServer) async throws in
            #expect(try await status(server, Self.reader, Self.otherGroup) == 200)
            #expect(try await status(server, Self.reader, Self.otherGroup, "POST", "/v1/thaw") == 403)
            #expect(try await status(server, Self.operate, Self.operators, "POST", "/v1/thaw") == 403)
            server.backend.operators = "nobody-has-this"
            #expect(try await status(server, Self.operate, Self.operators, "POST", "/v1/thaw") == 403)
            server.backend.operators = "operators"
            #expect(try await status(server, Self.operate, Self.operators, "POST", "/v1/thaw") == 200)
            #expect(try await status(server, Self.operate, Self.operators) == 200)
            #expect(try await status(server, Self.reader, Self.otherGroup, "POST", "/v1/thaw") == 403)
            #expect(server.backend.asked.filter { $0.contains("thaw") } == ["thaw by olga"])
        }
    }
}
