// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import ControlClient

@Suite(.timeLimit(.minutes(20)))
struct ControlClientTests {
    private static func reply(_ body: String, status: String = "200 OK") -> String {
        "HTTP/1.1 \(status)\r\ncontent-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// Asks a server that answers with the text; gives the requests that it got.
    @discardableResult
    private func asking(
        _ reply: String?,
        patience: Duration? = ControlClient.patience,
        _ body: (ControlClient) async throws -> Void
    ) async throws -> [String] {
        let requests = Mutex<[String]>([])
        try await withTemporaryFolder { folder in
            let socket = folder.appending(path: "control.sock").path()
            try await RawServer.serving(socket: socket) { request in
                requests.withLock { $0.append(request) }
                return reply
            } _: {
                try await ControlClient.with(socket: socket, patience: patience, body)
            }
        }
        return requests.withLock { $0 }
    }

    @Test
    func `a name goes on the wire whole, whatever is in it, and absent values stay off the query`() async throws {
        let requests = try await asking(Self.reply("[]")) { client in
            let path = ControlPath(
                "notebooks",
                "a/../ü?",
                "explanation",
                query: [("at", nil), ("owner", "a&b=c d")]
            )
            let answer = try await client.get([String].self, path)
            #expect(answer == [])
        }
        let line = requests.first?.prefix { $0 != "\r\n" }
        #expect(line == "GET /v1/notebooks/a%2F..%2F%C3%BC%3F/explanation?owner=a%26b%3Dc%20d HTTP/1.1")
        #expect(ControlPath("notebooks", "..", "keep").target == "/v1/notebooks/%2E%2E/keep")
    }

    @Test
    func `an act is sent once, as JSON`() async throws {
        let requests = try await asking(Self.reply("{}")) { client in
            _ = try await client.post(ControlPath("freeze"), ["reason": "maintenance"])
        }
        #expect(requests.count == 1)
        #expect(requests.first?.hasPrefix("POST /v1/freeze HTTP/1.1\r\n") == true)
        #expect(requests.first?.contains("content-type: application/json\r\n") == true)
        #expect(requests.first?.hasSuffix("\r\n\r\n{\"reason\":\"maintenance\"}") == true)
    }

    @Test
    func `problem details are the failure, with their candidates`() async throws {
        let problem = ProblemDocument(
            type: ProblemDocument.Kind.ambiguousNotebook,
            title: "several notebooks fit",
            status: 409,
            detail: "n fits 2 notebooks",
            candidates: [
                NotebookName(id: "n1", name: "a", owner: nil), NotebookName(id: "n2", name: "b", owner: "bob"),
            ]
        )
        let text = String(decoding: try JSONEncoder().encode(problem), as: UTF8.self)
        try await asking(Self.reply(text, status: "409 Conflict")) { client in
            await #expect(throws: ControlFailure.problem(problem)) { try await client.post(ControlPath("approve")) }
            await #expect(throws: ControlFailure.problem(problem)) {
                try await client.follow(ControlPath("events")) { _ in }
            }
        }
    }

    @Test(
        arguments: [
            reply("<html>", status: "500 Internal Server Error"), reply("{}"), reply("[1"), reply("[1]"),
        ]
    )
    func `what is no answer of curfew's is told as such`(_ text: String) async throws {
        try await asking(text) { client in
            await #expect {
                try await client.get([String].self, ControlPath("notebooks"))
            } throws: {
                guard case .garbled? = $0 as? ControlFailure else { return false }
                return true
            }
        }
    }

    @Test
    func `an answer that breaks off or does not come is a failure that leaves open what was done`() async throws {
        func isInterrupted(_ error: any Error) -> Bool {
            guard case .interrupted? = error as? ControlFailure else { return false }
            return true
        }
        try await asking("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[") { client in
            await #expect { try await client.post(ControlPath("thaw")) } throws: { isInterrupted($0) }
        }
        let requests = try await asking(nil, patience: .seconds(2)) { client in
            await #expect { try await client.post(ControlPath("thaw")) } throws: { isInterrupted($0) }
        }
        #expect(requests.count == 1)
    }

    @Test
    func `events come one by one until the daemon ends the stream`() async throws {
        let text = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\ndata: 2\n\n"
        let requests = try await asking(text) { client in
            var events: [String] = []
            try await client.follow(ControlPath("events")) { events.append(String(decoding: $0, as: UTF8.self)) }
            #expect(events == ["1", "2"])
        }
        #expect(requests.first?.contains("accept: text/event-stream\r\n") == true)
    }

    @Test(arguments: ["no file", "left behind", "no folder"])
    func `a daemon that does not run is told as such, with the way to find out more`(_ trouble: String) async throws {
        try await withTemporaryFolder { folder in
            let socket = folder.appending(path: trouble == "no folder" ? "x/y" : "control.sock").path()
            if trouble == "left behind" {
                try await RawServer.serving(socket: socket) { _ in
                    nil
                } _: {
                }
            }
            _ = try await ControlClient.with(socket: socket) { client in
                await #expect(throws: ControlFailure.noDaemon(socket: socket)) {
                    try await client.get(ControlPath("status"))
                }
            }
            let text = ControlFailure.noDaemon(socket: socket).description
            #expect(text.contains("systemctl status curfew") && text.contains("--runtime-dir"))
        }
    }

    @Test
    func `a path that no socket can have is refused with its reason`() async throws {
        let socket = "/" + String(repeating: "x", count: 200)
        _ = try await ControlClient.with(socket: socket) { client in
            await #expect {
                try await client.get(ControlPath("status"))
            } throws: {
                guard case .unusable? = $0 as? ControlFailure else { return false }
                return true
            }
        }
    }
}
