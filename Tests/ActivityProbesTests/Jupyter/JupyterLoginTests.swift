// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import CurfewCore
import Hummingbird
import Synchronization
import Testing

/// The way of showing the token once and keeping that server's cookies for the run.
@Suite(.timeLimit(.minutes(20))) struct JupyterLoginTests {
    private let settings = JupyterSettings(timeout: patience, authentication: .login)

    /// A server that opens its API to the cookie of its latest login, and forgets it on demand.
    private final class Gate: Sendable {
        private let session = Mutex(0)
        private let replies = Replies()

        func expire() { session.withLock { $0 += 1 } }

        func answer(_ request: OddServer.Seen) -> Response {
            let session = session.withLock { $0 }
            if request.path == "/1111/lab" {
                guard request.query == "token=tok-3452e0d5%2B%2F%3D" else { return .status(.forbidden) }
                return .status(.ok, cookies: ["session=s\(session); Path=/1111/; HttpOnly", "_xsrf=x\(session)"])
            }
            guard request.headers["cookie"] == "_xsrf=x\(session); session=s\(session)" else {
                return .status(.forbidden)
            }
            return replies.answer(request)
        }
    }

    private func logins(_ server: OddServer) -> Int { server.requests.count { $0.path == "/1111/lab" } }

    @Test func `one login serves all looks of a run`() async throws {
        let gate = Gate()
        try await withProbe(settings) {
            gate.answer($0)
        } looking: { probe, server in
            for _ in 0..<3 {
                #expect(await probe.observe(server.notebook(), budget: .seconds(3_600)).activity.unknownKind == nil)
            }
            #expect(logins(server) == 1)
            let calls = server.requests.filter { $0.path.contains("/api/") }
            #expect(calls.count == 9)
            for call in calls {
                #expect(call.query == "no_track_activity=1")
                #expect(call.headers["authorization"] == nil)
                #expect(call.headers["referer"] == "http://127.0.0.1:\(server.port)/1111/")
                #expect(call.headers["x-xsrftoken"] == "x0")
            }
        }
    }

    @Test func `an expired login is renewed once, within the look`() async throws {
        let gate = Gate()
        try await withProbe(settings) {
            gate.answer($0)
        } looking: { probe, server in
            _ = await probe.observe(server.notebook(), budget: .seconds(3_600))
            gate.expire()
            #expect(await probe.observe(server.notebook(), budget: .seconds(3_600)).activity.unknownKind == nil)
            #expect(logins(server) == 2)
        }
    }

    @Test func `an API that refuses a fresh login makes the look unknown, without another login`() async throws {
        try await withProbe(settings) { request in
            request.path == "/1111/lab" ? .status(.ok, cookies: ["session=1"]) : .status(.found, location: "/login")
        } looking: { probe, server in
            #expect(await probe.observe(server.notebook(), budget: .seconds(3_600)).activity.unknownKind == "refused")
            #expect(logins(server) == 1)
            #expect(await probe.observe(server.notebook(), budget: .seconds(3_600)).activity.unknownKind == "refused")
            #expect(logins(server) == 2)
        }
    }

    @Test func `a new token is a new run, and a forgotten one logs in again`() async throws {
        let gate = Gate()
        try await withProbe(settings) {
            gate.answer($0)
        } looking: { probe, server in
            _ = await probe.observe(server.notebook(), budget: .seconds(3_600))
            let refused = await probe.observe(server.notebook(token: "old"), budget: .seconds(3_600))
            #expect(refused.activity == .unknown(.refused("login: HTTP 403")))
            _ = await probe.observe(server.notebook(), budget: .seconds(3_600))
            #expect(logins(server) == 2)
            probe.forget(NotebookID("1111"))
            _ = await probe.observe(server.notebook(), budget: .seconds(3_600))
            #expect(logins(server) == 3)
        }
    }

    @Test func `notebooks do not share cookies, even on one host`() async throws {
        let replies = Replies()
        try await withProbe(settings) { request in
            let owner = request.path.split(separator: "/").first.map(String.init) ?? ""
            if request.name == "lab" { return .status(.ok, cookies: ["session=\(owner); Path=/"]) }
            return request.headers["cookie"] == "session=\(owner)" ? replies.answer(request) : .status(.forbidden)
        } looking: { probe, server in
            let one = server.notebook(id: "1111")
            let two = server.notebook(id: "2222", path: "/2222/lab")
            for notebook in [one, two, one, two] {
                #expect(await probe.observe(notebook, budget: .seconds(3_600)).activity.unknownKind == nil)
            }
            #expect(server.requests.count { $0.name == "lab" } == 2)
        }
    }

    @Test func `redirects on the same server are followed with the cookies set so far`() async throws {
        let replies = Replies()
        try await withProbe(settings) { request in
            switch request.path {
            case "/1111/lab": .status(.found, location: "/1111/login?next=%2F1111%2Flab", cookies: ["a=1"])
            case "/1111/login":
                request.headers["cookie"] == "a=1"
                    ? .status(.seeOther, location: "tree", cookies: ["b=2", "a=; Max-Age=0"]) : .status(.forbidden)
            case "/1111/tree": .status(.notFound)
            default: request.headers["cookie"] == "b=2" ? replies.answer(request) : .status(.forbidden)
            }
        } looking: { probe, server in
            #expect(await probe.observe(server.notebook(), budget: .seconds(3_600)).activity.unknownKind == nil)
            #expect(server.requests.prefix(3).map(\.path) == ["/1111/lab", "/1111/login", "/1111/tree"])
        }
    }

    @Test func `redirects in a circle end`() async throws {
        try await withProbe(settings) { _ in
            .status(.found, location: "/1111/lab", cookies: ["a=1"])
        } looking: {
            probe,
            server in
            #expect(
                await probe.observe(server.notebook(), budget: .seconds(3_600)).activity
                    == .unknown(.refused("login: more than 5 redirects"))
            )
            #expect(server.requests.count == 6)
        }
    }

    @Test func `I11: a login that is sent to another server ends there`() async throws {
        try await withServer { _ in
            .status(.ok, cookies: ["session=1"])
        } running: { other in
            for target in [
                "http://127.0.0.1:\(other.port)/?token=x", "//127.0.0.1:\(other.port)/", "http://x@127.0.0.1/",
            ] {
                try await withProbe(settings) { _ in
                    .status(.found, location: target)
                } looking: { probe, server in
                    #expect(
                        await probe.observe(server.notebook(), budget: .seconds(3_600)).activity.unknownKind
                            == "refused"
                    )
                    #expect(server.requests.count == 1)
                }
            }
            #expect(other.requests.isEmpty)
        }
    }

    @Test(arguments: [(200, "refused"), (401, "refused"), (500, "unreachable"), (429, "unreachable")])
    func `a login without a cookie opens nothing`(status: Int, kind: String) async throws {
        try await withProbe(settings) { _ in
            .status(.init(code: status))
        } looking: { probe, server in
            #expect(await probe.observe(server.notebook(), budget: .seconds(3_600)).activity.unknownKind == kind)
            #expect(server.requests.count == 1)
        }
    }
}
