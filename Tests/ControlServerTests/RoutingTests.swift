// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlServer
import Foundation
import TestSupport
import Testing

/// What goes over the wire, asked by curl.
@Suite(
    .timeLimit(.minutes(20)),
    .enabled("curl is missing") { FileManager.default.fileExists(atPath: "/usr/bin/curl") }
)
struct RoutingTests {
    @Test
    func `each address reaches its endpoint with its parameters, escapes undone`() async throws {
        try await RunningServer.with { server in
            for address in [
                "status?owner=a%20b&action=stop&rule=x+y", "notebooks",
                "notebooks/a%2Fb/explanation?at=2026-12-01T08:00:00Z",
                "history?notebook=n&since=2026-12-01T09:00:00%2B01:00&limit=7", "report",
            ] {
                let answer = try await server.curl("http://curfew/v1/\(address)")
                #expect(answer.status == 200, "\(address): \(answer.head)")
                #expect(answer.head.lowercased().contains("content-type: application/json"))
            }
            for address in ["notebooks/n/release", "freeze", "thaw", "approve", "reload"] {
                #expect(try await server.curl("-X", "POST", "http://curfew/v1/\(address)").status == 200, "\(address)")
            }
            let person = NSUserName()
            let json = ["-H", "content-type: application/json", "-d", #"{"for":"3d","reason":"r"}"#]
            #expect(
                try await server.curl(json[0], json[1], json[2], json[3], "http://curfew/v1/notebooks/n/keep").status
                    == 200
            )
            #expect(
                server.backend.asked == [
                    "status a b stop x y", "notebooks", "explain a/b 2026-12-01T08:00:00.000Z",
                    "history n 2026-12-01T08:00:00.000Z 7", "report", "release n by \(person)", "freeze by \(person)",
                    "thaw by \(person)", "approve by \(person)", "reload by \(person)",
                    #"keep n [(key: "for", value: "3d"), (key: "reason", value: "r")] by "# + person,
                ]
            )
        }
    }

    @Test(arguments: [
        ("/", 404), ("/v1", 404), ("/v1/", 404), ("/v2/status", 404), ("/v1/status/", 404),
        ("/v1/notebooks//keep", 404),
        ("/v1/status?ownr=a", 400), ("/v1/status?owner=a&owner=b", 400), ("/v1/status?action=destroy", 400),
        ("/v1/status?owner=%ff", 400), ("/v1/history?limit=0", 400), ("/v1/history?limit=1e3", 400),
        ("/v1/history?since=yesterday", 400), ("/v1/report?since=2026-12-02T00:00:00Z&until=2026-12-01T00:00:00Z", 422),
    ])
    func `an address that makes no sense is refused by problem details`(_ address: String, _ status: Int) async throws {
        try await RunningServer.with { server in
            let answer = try await server.curl("--globoff", "--path-as-is", "http://curfew\(address)")
            #expect(answer.status == status)
            #expect(answer.head.lowercased().contains("content-type: application/problem+json"))
            let problem = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
            #expect(problem["status"] as? Int == status)
            #expect((problem["detail"] as? String)?.isEmpty == false)
            #expect((problem["type"] as? String)?.hasPrefix("urn:curfew:problem:") == true)
            #expect(server.backend.asked.isEmpty)
        }
    }

    @Test
    func `methods: HEAD has the head of GET, OPTIONS and 405 say what is allowed`() async throws {
        try await RunningServer.with { server in
            let head = try await server.curl("--head", "http://curfew/v1/status")
            #expect(head.status == 200 && head.body.isEmpty && head.head.contains("content-length: 2"))
            let options = try await server.curl("-X", "OPTIONS", "http://curfew/v1/freeze")
            #expect(options.status == 204 && options.head.contains("allow: POST, OPTIONS"))
            let get = try await server.curl("http://curfew/v1/freeze")
            #expect(get.status == 405 && get.head.contains("allow: POST, OPTIONS"))
            let post = try await server.curl("-X", "POST", "http://curfew/v1/status")
            #expect(post.status == 405 && post.head.contains("allow: GET, HEAD, OPTIONS"))
        }
    }

    @Test
    func `what a client has already is not sent again`() async throws {
        try await RunningServer.with { server in
            server.backend.publish(ControlContent(json: Array("[1]".utf8), version: "7"))
            let first = try await server.curl("http://curfew/v1/status")
            #expect(first.body == "[1]" && first.head.contains("etag: \"7\""))
            let again = try await server.curl("-H", "if-none-match: \"7\"", "http://curfew/v1/status")
            #expect(again.status == 304 && again.body.isEmpty)
            let other = try await server.curl("-H", "if-none-match: \"6\"", "http://curfew/v1/status")
            #expect(other.body == "[1]")
        }
    }

    @Test
    func `other kinds of documents than JSON are refused`() async throws {
        try await RunningServer.with { server in
            #expect(try await server.curl("-H", "accept: text/html", "http://curfew/v1/status").status == 406)
            #expect(
                try await server.curl("-H", "accept: text/html, */*;q=0.1", "http://curfew/v1/status").status == 200
            )
            #expect(try await server.curl("-d", "for=3d", "http://curfew/v1/notebooks/n/keep").status == 415)
            let broken = try await server.curl(
                "-H",
                "content-type: application/json",
                "-d",
                "{",
                "http://curfew/v1/notebooks/n/keep"
            )
            #expect(broken.status == 400)
            #expect(server.backend.asked.count == 1)
        }
    }

    @Test
    func `bodies, headers and addresses are bounded`() async throws {
        try await RunningServer.with { server in
            let large = String(repeating: "x", count: 100_000)
            let json = "content-type: application/json"
            for expect in ["expect: 100-continue", "expect:"] {
                let body = try await server.curl("-H", expect, "-H", json, "-d", large, "http://curfew/v1/freeze")
                #expect(body.status == 413, "\(body.head)")
            }
            let chunked = try await server.curl(
                "-H",
                "transfer-encoding: chunked",
                "-H",
                json,
                "-d",
                large,
                "http://curfew/v1/freeze"
            )
            #expect(chunked.status == 413)
            #expect(try await server.curl("-H", "x: \(large.prefix(20_000))", "http://curfew/v1/status").status == 431)
            #expect(try await server.curl("http://curfew/v1/status?owner=\(large.prefix(10_000))").status == 414)
            #expect(server.backend.asked.isEmpty)
        }
    }

    @Test
    func `followers get the status at once and whenever there is another one`() async throws {
        try await RunningServer.with { server in
            server.backend.publish(ControlContent(json: Array("[1]".utf8), version: "1"))
            async let answer = server.curl("--no-buffer", "--max-time", "20", "http://curfew/v1/events")
            #expect(await eventually { server.backend.followers == 1 ? true : nil } == true)
            server.backend.publish(ControlContent(json: Array("[2]".utf8), version: "2"))
            server.backend.finish()
            let text = try await answer
            #expect(text.head.contains("content-type: text/event-stream"))
            #expect(text.body.hasSuffix("event: status\nid: 2\ndata: [2]\n\n"), "\(text.body)")
        }
    }
}
