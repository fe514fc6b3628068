// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlServer
import CurfewEngine
import Foundation
import Logging
import ServiceLifecycle
import SystemdSupport
import TestSupport

/// The server on a socket of a test's own.
struct RunningServer: Sendable {
    let path: String
    let backend: StandIn

    /// Runs `body` while the server serves.
    static func with(
        limits: ControlLimits = .patient,
        accounts: Accounts = .machine,
        _ body: (RunningServer) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "control.sock").path()
            let socket = try ListeningSocket.open(path: path, group: "no-such-group")
            let backend = StandIn()
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let server = ControlServer(
                socket: ControlSocket(descriptor: socket.descriptor, group: socket.group),
                backend: backend,
                accounts: accounts,
                time: SystemTime(),
                logger: logger,
                limits: limits
            )
            let services = ServiceGroup(services: [server], logger: logger)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await services.run() }
                let result: Result<Void, any Error>
                do {
                    result = .success(try await body(RunningServer(path: path, backend: backend)))
                } catch {
                    result = .failure(error)
                }
                await services.triggerGracefulShutdown()
                try await group.waitForAll()
                try result.get()
            }
        }
    }

    /// What curl says: the status line, the headers and the body.
    func curl(_ arguments: String...) async throws -> Answer {
        let result = try await FinishedProcess.run(
            "/usr/bin/curl",
            ["--silent", "--show-error", "--include", "--max-time", "200", "--unix-socket", path] + arguments
        )
        return Answer(String(decoding: result.output, as: UTF8.self))
    }

    /// An answer as it came over the wire.
    struct Answer {
        let status: Int
        let head: String
        let body: String

        init(_ text: String) {
            var parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.first?.hasPrefix("HTTP/1.1 100") == true, let rest = parts.last {
                parts = rest.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
            }
            head = parts.first.map(String.init) ?? ""
            body = parts.count > 1 ? String(parts[1]) : ""
            status = Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0
        }
    }
}

extension Accounts {
    /// The machine's own.
    static var machine: Accounts {
        Accounts(
            userName: NameService.userName,
            groups: NameService.groups,
            groupNumber: NameService.groupNumber
        )
    }
}

extension ControlLimits {
    /// For tests that are about something else: on a machine that is full of other tests, answers take their time.
    static var patient: ControlLimits {
        var limits = ControlLimits()
        (limits.request, limits.stall, limits.reply) = (.seconds(200), .seconds(200), .seconds(200))
        return limits
    }
}
