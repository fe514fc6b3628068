// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import CurfewCore
import CurfewEngine
import Hummingbird
import NIOCore
import Synchronization
import Testing

/// Looks at servers that answer oddly: nothing but a whole, plain answer may say idle.
@Suite(.timeLimit(.minutes(20))) struct JupyterProbeTests {
    private let quick = JupyterSettings(timeout: .milliseconds(300))

    @Test func `a plain answer is idle since its stamp`() async throws {
        let replies = Replies()
        try await withProbe {
            replies.answer($0)
        } looking: { probe, server in
            let observation = await probe.observe(server.notebook(), budget: .seconds(3_600))
            let stamp = try #require(Timestamp(rfc3339: "2026-11-21T01:00:00.500Z"))
            #expect(observation.activity == .idle(since: stamp))
            #expect(observation.serverStartedAt == Timestamp(rfc3339: "2026-11-21T00:00:00Z"))
            #expect(observation.source == EvidenceName("jupyter"))
            #expect(server.requests.map(\.path) == ["kernels", "terminals", "status"].map { "/1111/api/\($0)" })
        }
    }

    @Test func `D20: each request asks not to be tracked and shows the token in a header only`() async throws {
        let replies = Replies()
        try await withProbe {
            replies.answer($0)
        } looking: { probe, server in
            _ = await probe.observe(server.notebook(), budget: .seconds(3_600))
            #expect(server.requests.count == 3)
            for request in server.requests {
                #expect(request.query == "no_track_activity=1")
                #expect(request.headers["authorization"] == "token \(OddServer.token)")
                #expect(request.headers["cookie"] == nil)
            }
        }
    }

    @Test func `cookies that a server sets are not kept`() async throws {
        let replies = Replies()
        try await withProbe { request in
            var response = replies.answer(request)
            response.headers[.setCookie] = "session=1"
            return response
        } looking: { probe, server in
            _ = await probe.observe(server.notebook(), budget: .seconds(3_600))
            _ = await probe.observe(server.notebook(), budget: .seconds(3_600))
            #expect(server.requests.allSatisfy { $0.headers["cookie"] == nil })
        }
    }

    @Test func `a notebook without address or token is unknown`() async throws {
        try await withProbe { _ in
            .status(.ok)
        } looking: { probe, server in
            var notebook = server.notebook(token: "")
            #expect(await probe.observe(notebook, budget: .seconds(3_600)).activity == .unknown(.noAccess))
            notebook.access = nil
            #expect(await probe.observe(notebook, budget: .seconds(3_600)).activity == .unknown(.noAccess))
            notebook.access = JupyterAccess(url: "", token: Secret("t"))
            #expect(await probe.observe(notebook, budget: .seconds(3_600)).activity == .unknown(.noAccess))
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `where terminals do not count nobody asks for them`() async throws {
        let replies = Replies()
        try await withProbe(JupyterSettings(timeout: patience, terminalIsActive: false)) {
            replies.answer($0)
        } looking: {
            probe,
            server in
            #expect(await probe.observe(server.notebook(), budget: .seconds(3_600)).activity.unknownKind == nil)
            #expect(server.requests.map(\.name) == ["kernels", "status"])
        }
    }

    @Test func `switched-off terminals are none`() async throws {
        let replies = Replies(terminals: nil)
        try await withProbe {
            replies.answer($0)
        } looking: { probe, server in
            #expect(await probe.observe(server.notebook(), budget: .seconds(3_600)).detail == "no kernel, no terminal")
        }
    }

    static let spoiled: [Replies] = [
        Replies(status: ""), Replies(status: "{}"), Replies(status: "[]"), Replies(status: "null"),
        Replies(status: "<html>please log in</html>"), Replies(status: #"{"last_activity":"2026-11-21T01:00:00"}"#),
        Replies(status: #"{"last_activity":1795232858}"#), Replies(status: #"{"last_activity":null}"#),
        Replies(status: #"{"last_activity":"2026-11-21T01:00:00Z","started":"yesterday"}"#),
        Replies(status: #"{"last_activity":"2026-11-21T01:00:00Z","connections":"0"}"#),
        Replies(status: #"{"last_activity":"2926-11-21T01:00:00Z"}"#), Replies(kernels: "{}"), Replies(kernels: "[[]]"),
        Replies(kernels: "[null]"), Replies(kernels: "["), Replies(kernels: #"[{"id":"a","execution_state":"idle"}]"#),
        Replies(kernels: #"[{"id":"a","execution_state":"idle","last_activity":null}]"#),
        Replies(kernels: #"[{"id":"a","execution_state":"idle","last_activity":""}]"#),
        Replies(kernels: #"[{"id":"a","last_activity":"2026-11-21T01:00:00Z"}]"#),
        Replies(kernels: #"[{"id":"a","execution_state":"BUSY","last_activity":"2026-11-21T01:00:00Z"}]"#),
        Replies(kernels: #"[{"id":"a","execution_state":"idle","last_activity":"2926-11-21T01:00:00Z"}]"#),
        Replies(kernels: #"[{"id":7,"execution_state":"idle","last_activity":"2026-11-21T01:00:00Z"}]"#),
        Replies(kernels: String(repeating: "[", count: 100_000)), Replies(terminals: "{}"),
        Replies(terminals: #"[{"name":"1"}]"#), Replies(terminals: #"[{"name":"1","last_activity":"now"}]"#),
        Replies(kernels: "[" + String(repeating: " ", count: 1_000_000) + "]"),
    ]

    @Test(arguments: spoiled.indices)
    func `D3, D4, D13: a spoiled answer is unintelligible, never idle`(index: Int) async throws {
        let replies = Self.spoiled[index]
        try await withProbe {
            replies.answer($0)
        } looking: { probe, server in
            #expect(
                await probe.observe(server.notebook(), budget: .seconds(3_600)).activity.unknownKind == "unintelligible"
            )
        }
    }

    @Test(arguments: [
        (401, "refused"), (403, "refused"), (302, "refused"), (307, "refused"), (429, "unreachable"),
        (500, "unreachable"), (502, "unreachable"), (503, "unreachable"), (404, "unintelligible"),
        (204, "unintelligible"), (405, "unintelligible"), (304, "unintelligible"), (206, "unintelligible"),
    ])
    func `D1, D2: any status but 200 is unknown, whichever request gets it`(status: Int, kind: String) async throws {
        for name in ["kernels", "terminals", "status"] where !(name == "terminals" && status == 404) {
            let replies = Replies()
            try await withProbe { request in
                request.name == name ? .status(.init(code: status), location: "/login") : replies.answer(request)
            } looking: { probe, server in
                let activity = await probe.observe(server.notebook(), budget: .seconds(3_600)).activity
                #expect(activity.unknownKind == kind)
                guard case .unknown(let reason) = activity else { return }
                #expect(reason.description.contains("api/\(name): HTTP \(status)"))
            }
        }
    }

    @Test func `I11: a redirect to another server is not followed`() async throws {
        try await withServer { _ in
            .json("[]")
        } running: { other in
            let elsewhere = "http://127.0.0.1:\(other.port)/1111/api/kernels"
            try await withProbe { _ in
                .status(.temporaryRedirect, location: elsewhere)
            } looking: { probe, server in
                #expect(
                    await probe.observe(server.notebook(), budget: .seconds(3_600)).activity.unknownKind == "refused"
                )
                #expect(server.requests.count == 1)
            }
            #expect(other.requests.isEmpty)
        }
    }

    @Test func `I11: no trick in the address sends the token anywhere`() async throws {
        try await withServer { _ in
            .json("[]")
        } running: { trusted in
            try await withProbe { _ in
                .json("[]")
            } looking: { probe, evil in
                let one = "127.0.0.1:\(trusted.port)"
                let two = "127.0.0.1:\(evil.port)"
                let tricks = [
                    "http://\(one)@\(two)/lab", "http://\(one):x@\(two)/lab", #"http://\#(one)\@\#(two)/lab"#,
                    "http://\(one)#@\(two)/lab", "http://\(one)//\(two)/lab", "http://\(one)\r\nHost: \(two)/lab",
                    "//\(two)/lab", "\(two)/lab", "http:\(two)/lab", "http://\(two)%2f@\(one)/lab",
                    "http:///\(two)/lab",
                    "http://127.0.0.1:\(evil.port)\t/lab", "https://user@\(two)/lab", "http://0:\(evil.port)/lab",
                    "http://0.0.0.0:\(evil.port)/lab", "http://127.1:\(evil.port)/lab", "unix:///run/x",
                    "file:///etc/passwd",
                ]
                for trick in tricks {
                    var notebook = evil.notebook()
                    notebook.access?.url = trick
                    #expect(
                        await probe.observe(notebook, budget: .seconds(3_600)).activity.unknownKind == "unintelligible",
                        "\(trick)"
                    )
                }
                #expect(evil.requests.isEmpty)
            }
            #expect(trusted.requests.isEmpty)
        }
    }

    @Test(arguments: ["a b", "a\r\nX-Evil: 1", "tökén", "a\u{7F}"])
    func `a token that no header can carry is not sent`(token: String) async throws {
        try await withProbe { _ in
            .json("[]")
        } looking: { probe, server in
            #expect(
                await probe.observe(server.notebook(token: token), budget: .seconds(3_600)).activity.unknownKind
                    == "unintelligible"
            )
            // A port may be given anew while a client of its last owner still calls.
            #expect(!server.requests.contains { $0.path.contains("/api/") && !$0.path.contains("meta-data") })
        }
    }

    @Test func `D1: a server that never answers is unknown within the timeout`() async throws {
        try await withProbe(quick) { _ in
            try await never()
        } looking: { probe, server in
            let reason = "no complete answer within 0.3 seconds"
            #expect(
                await probe.observe(server.notebook(), budget: .seconds(3_600)).activity
                    == .unknown(.unreachable(reason))
            )
        }
    }

    @Test func `D1: a body that never ends is unknown within the timeout`() async throws {
        let settings = quick
        try await withProbe(settings) { _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: "["))
                    _ = try await never()
                }
            )
        } looking: { probe, server in
            #expect(
                await probe.observe(server.notebook(), budget: .seconds(3_600)).activity.unknownKind == "unreachable"
            )
        }
    }

    @Test func `a port where nobody listens is unknown at once`() async throws {
        try await withClient { client in
            // The server is gone when its closure returns; its port was free a moment ago.
            let notebook = try await withServer { _ in
                .status(.ok)
            } running: {
                $0.notebook()
            }
            let settings = JupyterSettings(timeout: patience)
            let probe = JupyterProbe(
                name: EvidenceName("jupyter"),
                settings: settings,
                client: client,
                time: SettableTime()
            )
            let activity = await probe.observe(notebook, budget: .seconds(3_600)).activity
            #expect(activity == .unknown(.unreachable("api/kernels: connection refused")))
        }
    }

    @Test func `a cancelled look is unknown, not idle`() async throws {
        try await withProbe(JupyterSettings(timeout: patience)) { _ in
            try await never()
        } looking: {
            probe,
            server in
            let activity = await withTaskGroup(of: Activity.self) { group in
                group.addTask { await probe.observe(server.notebook(), budget: .seconds(3_600)).activity }
                group.cancelAll()
                return await group.next()
            }
            #expect(activity?.unknownKind == "unreachable")
        }
    }

    @Test func `I10: servers that hang behind one gateway do not keep another waiting`() async throws {
        let replies = Replies()
        let (arrivals, arrival) = AsyncStream<Void>.makeStream()
        try await withProbe(JupyterSettings(timeout: patience)) { request in
            guard request.path.hasPrefix("/hung/") else { return replies.answer(request) }
            arrival.yield()
            return try await never()
        } looking: { probe, server in
            await withTaskGroup(of: Void.self) { group in
                let hung = server.notebook(id: "2222", path: "/hung/lab")
                for _ in 0..<40 { group.addTask { _ = await probe.observe(hung, budget: .seconds(3_600)) } }
                var waiting = arrivals.makeAsyncIterator()
                for _ in 0..<40 { await waiting.next() }
                #expect(await probe.observe(server.notebook(), budget: .seconds(3_600)).activity.unknownKind == nil)
                group.cancelAll()
            }
        }
    }

    @Test func `I11: no failure quotes the token, the address or the answer`() async throws {
        let answers: [OddServer.Answer] = [
            { request in .json("\"\(request.headers["authorization"] ?? "")\"") },
            { request in .status(.found, location: "/x?\(request.headers["authorization"] ?? "")") },
            { _ in .status(.forbidden) }, { _ in try await never() },
        ]
        for answer in answers {
            try await withProbe(quick, answer) { probe, server in
                let observation = await probe.observe(server.notebook(), budget: .seconds(3_600))
                #expect(observation.activity.unknownKind != nil)
                #expect(!String(reflecting: observation).contains(OddServer.token))
                #expect(!String(reflecting: observation).contains("127.0.0.1"))
            }
        }
    }

    @Test func `a server whose clock is an hour behind does not look idle for an hour too long`() async throws {
        let clock = Clock()
        let ours = try #require(Timestamp(rfc3339: "2026-11-21T10:01:30Z")) + .seconds(3_600)
        try await withProbe(time: SettableTime(ours)) {
            clock.answer($0)
        } looking: { probe, server in
            #expect(
                await probe.observe(server.notebook(), budget: .seconds(3_600)).activity
                    == .idle(since: ours - .seconds(90))
            )
        }
    }

    @Test func `a server whose clock is an hour ahead is neither active nor used in the future`() async throws {
        let clock = Clock()
        let ours = try #require(Timestamp(rfc3339: "2026-11-21T10:01:30Z")) - .seconds(3_600)
        try await withProbe(time: SettableTime(ours)) {
            clock.answer($0)
        } looking: { probe, server in
            #expect(await probe.observe(server.notebook(), budget: .seconds(3_600)).activity == .idle(since: ours))
        }
    }

    /// A server that dates its replies 90 seconds after its kernel was last used.
    private struct Clock: Sendable {
        let date = "Sat, 21 Nov 2026 10:01:30 GMT"
        let kernels = #"[{"id":"a","execution_state":"idle","last_activity":"2026-11-21T10:00:00.000Z"}]"#

        func answer(_ request: OddServer.Seen) -> Response {
            var response = Replies(kernels: kernels).answer(request)
            response.headers[.date] = date
            return response
        }
    }
}
