// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import SystemdSupport

@Suite(.timeLimit(.minutes(20))) struct ServiceManagerTests {
    @Test func `a service manager hears each notice, and a status cannot smuggle another one`() async throws {
        let socket = try NotifySocket()
        let environment = ["NOTIFY_SOCKET": socket.path, "WATCHDOG_USEC": "30000000"]
        let result = try await FinishedProcess.run(Sample.path, ["notify"], environment: environment)
        #expect(result.status == 0)
        let messages = socket.messages()
        try #require(messages.count == 4)
        #expect(messages[0] == "READY=1\nSTATUS=polling MAINPID=1")
        #expect(messages[1] == "WATCHDOG=1")
        let reloading = messages[2].split(separator: "\n")
        #expect(reloading.count == 2 && reloading[0] == "RELOADING=1")
        let time = try #require(reloading.last?.split(separator: "="))
        #expect(time[0] == "MONOTONIC_USEC" && (UInt64(time[1]) ?? 0) > 0)
        #expect(messages[3] == "STOPPING=1")
        #expect(result.errors.contains("sent"))
        #expect(!result.errors.contains("noManager"))
        #expect(result.errors.contains("watchdog=\"Optional(30.0 seconds)\""))
    }

    @Test func `without a manager nothing is sent and nothing fails`() async throws {
        let result = try await FinishedProcess.run(Sample.path, ["notify"])
        #expect(result.status == 0)
        #expect(result.errors.components(of: "noManager") == 4)
        #expect(result.errors.contains("watchdog=nil"))
    }

    @Test func `a socket where nobody listens is a failure that is told`() async throws {
        let result = try await FinishedProcess.run(
            Sample.path,
            ["notify"],
            environment: ["NOTIFY_SOCKET": "/nonexistent/socket"]
        )
        #expect(result.status == 0)
        #expect(result.errors.components(of: "failed(2)") == 4)
    }

    @Test(arguments: [
        ["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"], ["WATCHDOG_USEC": "nonsense"], ["WATCHDOG_USEC": "0"],
    ])
    func `a watchdog for another process, or for none, is none`(environment: [String: String]) async throws {
        let result = try await FinishedProcess.run(Sample.path, ["notify"], environment: environment)
        #expect(result.errors.contains("watchdog=nil"))
    }

    @Test func `a status is one line of bounded length`() {
        #expect(ServiceNotice.status("a\nb\u{0}c\u{7F}d").text == "STATUS=a b c d")
        #expect(ServiceNotice.status(String(repeating: "x", count: 9_000)).text.count < 1_100)
        #expect(ServiceNotice.reloading(monotonicMicroseconds: 7).text == "RELOADING=1\nMONOTONIC_USEC=7")
    }
}

extension String {
    /// How often `text` occurs.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
