// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewEngine
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import CurfewCore
@testable import ModelArtsClient

/// A cloud with an IAM in it that counts the tokens it gave.
private final class TokenCloud: Sendable {
    private struct State {
        var given = 0
        var revoked: Set<String> = []
        var hold: Signal?
        var refuses = false
        var fails = false
    }

    private let state = Mutex(State())
    let life: Duration

    init(life: Duration = .seconds(86_400)) { self.life = life }

    var given: Int { state.withLock { $0.given } }
    func revokeAll() { state.withLock { $0.revoked = Set((0...$0.given).map { "tok\($0)" }) } }
    func hold(_ signal: Signal) { state.withLock { $0.hold = signal } }
    func refuse() { state.withLock { $0.refuses = true } }
    func fail(_ fails: Bool) { state.withLock { $0.fails = fails } }

    func answer(_ request: StubRequest) async -> StubReply {
        guard request.path == "/v3/auth/tokens" else {
            let token = request.headers["x-auth-token"] ?? ""
            return state.withLock { $0.revoked.contains(token) } || token.isEmpty
                ? .error(401, "APIG.0307") : StubReply(body: Sample.fullNotebook)
        }
        await state.withLock { $0.hold }?.wait()
        return state.withLock { state in
            if state.fails { return StubReply(status: 503) }
            if state.refuses {
                return StubReply(status: 401, body: #"{"error":{"code":401,"message":"no","title":"Unauthorized"}}"#)
            }
            state.given += 1
            let issued = Timestamp(milliseconds: 1_000_000_000_000)
            return StubReply(
                status: 201,
                headers: [("X-Subject-Token", "tok\(state.given)")],
                body: #"{"token":{"issued_at":"\#(issued)","expires_at":"\#(issued + life)","methods":["password"]}}"#
            )
        }
    }
}

@Suite(.timeLimit(.minutes(20))) struct PasswordTests {
    private func serving(_ cloud: TokenCloud, _ body: (Client, ManualTime) async throws -> Void) async throws {
        var setup = Client.Setup()
        setup.time = ManualTime(isEager: false)
        setup.credentials = .password(Secret("canary-\"pass\"word"))
        setup.settings = { .password(user: "ci-user", domain: "acme", iamEndpoint: $0) }
        try await Client.serving(setup) {
            await cloud.answer($0)
        } _: {
            try await body($0, setup.time)
        }
    }

    private func read(_ client: Client) async -> ServiceFailure? {
        await caught { () async throws(ServiceFailure) in try await client.notebooks.notebook(Sample.id) }
    }

    @Test func `the password is exchanged for a token of the project`() async throws {
        try await serving(TokenCloud()) { client, _ in
            #expect(await read(client) == nil)
            let request = try #require(client.stub.requests.first)
            #expect(request.method == "POST")
            #expect(request.path == "/v3/auth/tokens")
            #expect(request.query == "nocatalog=true")
            #expect(request.headers["authorization"] == nil)
            let body = try JSONSerialization.jsonObject(with: Data(request.body.utf8)) as? NSDictionary
            let expected: NSDictionary = [
                "auth": [
                    "identity": [
                        "methods": ["password"],
                        "password": [
                            "user": ["name": "ci-user", "password": "canary-\"pass\"word", "domain": ["name": "acme"]]
                        ],
                    ], "scope": ["project": ["id": Sample.project]],
                ]
            ]
            #expect(body == expected)
            let call = try #require(client.stub.requests.last)
            #expect(call.headers["x-auth-token"] == "tok1")
            #expect(call.headers["authorization"] == nil)
            #expect(call.headers["x-sdk-date"] == nil)
        }
    }

    @Test func `a token is kept, and renewed before it ends`() async throws {
        let cloud = TokenCloud()
        try await serving(cloud) { client, time in
            for _ in 0..<3 { #expect(await read(client) == nil) }
            time.advance(by: .seconds(21 * 3_600))
            #expect(await read(client) == nil)
            #expect(cloud.given == 1)
            time.advance(by: .seconds(3_600))
            #expect(await read(client) == nil)
            #expect(cloud.given == 2)
            #expect(client.stub.requests.last?.headers["x-auth-token"] == "tok2")
        }
    }

    @Test func `a short-lived token is not renewed at every call`() async throws {
        let cloud = TokenCloud(life: .seconds(600))
        try await serving(cloud) { client, time in
            for _ in 0..<4 { #expect(await read(client) == nil) }
            #expect(cloud.given == 1)
            time.advance(by: .seconds(301))
            #expect(await read(client) == nil)
            #expect(cloud.given == 2)
        }
    }

    @Test func `many callers without a token share one renewal`() async throws {
        let cloud = TokenCloud()
        let hold = Signal()
        cloud.hold(hold)
        try await serving(cloud) { client, _ in
            let notebooks = client.notebooks
            let failures = await withTaskGroup(of: ServiceFailure?.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        await caught { () async throws(ServiceFailure) in try await notebooks.notebook(Sample.id) }
                    }
                }
                hold.fire()
                return await group.reduce(into: [ServiceFailure]()) { if let failure = $1 { $0.append(failure) } }
            }
            #expect(failures.isEmpty)
            #expect(cloud.given == 1)
        }
    }

    @Test func `a token that is refused is fetched anew once, and the request repeated once`() async throws {
        let cloud = TokenCloud()
        try await serving(cloud) { client, _ in
            #expect(await read(client) == nil)
            cloud.revokeAll()
            let stop = await caught { () async throws(ServiceFailure) in
                try await client.notebooks.stop(client.stopOrder())
            }
            #expect(stop == nil)
            #expect(cloud.given == 2)
            #expect(client.stub.requests.count == 5)
        }
    }

    @Test func `I12: a service that refuses every token is asked three times, however many tokens IAM gives`()
        async throws
    {
        let counter = Mutex((iam: 0, calls: 0))
        let cloud = TokenCloud()
        var setup = Client.Setup()
        setup.time = ManualTime(isEager: false)
        setup.credentials = .password(Secret("p"))
        setup.settings = { .password(user: "u", domain: "d", iamEndpoint: $0 + "/v3/") }
        try await Client.serving(setup) { request in
            if request.path == "/v3/auth/tokens" {
                counter.withLock { $0.iam += 1 }
                return await cloud.answer(request)
            }
            counter.withLock { $0.calls += 1 }
            return .error(401, "APIG.0307")
        } _: { client in
            for _ in 0..<10 { _ = await read(client) }
            #expect(counter.withLock { $0.calls } == 3)
            #expect(counter.withLock { $0.iam } <= 3)
            let until = ManualTime.start + .seconds(360)
            #expect(await read(client)?.kind == .authenticationPaused(until: until))
        }
    }

    @Test func `I12: a wrong password is tried three times, by many callers as by one`() async throws {
        let cloud = TokenCloud()
        cloud.refuse()
        try await serving(cloud) { client, time in
            let notebooks = client.notebooks
            for _ in 0..<4 {
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<10 {
                        group.addTask {
                            let failure = await caught { () async throws(ServiceFailure) in
                                try await notebooks.notebook(Sample.id)
                            }
                            #expect(failure != nil)
                        }
                    }
                }
            }
            #expect(client.stub.requests.count == 3)
            time.advance(by: .seconds(360))
            let failure = await read(client)
            #expect(failure?.kind == .authentication)
            #expect(failure?.doing == "reading notebook \(Sample.id), getting a token from IAM")
            #expect(client.stub.requests.count == 4)
        }
    }

    @Test func `while the old token is good, an early renewal that fails does no harm`() async throws {
        let cloud = TokenCloud()
        try await serving(cloud) { client, time in
            #expect(await read(client) == nil)
            time.advance(by: .seconds(22 * 3_600))
            cloud.fail(true)
            for _ in 0..<3 { #expect(await read(client) == nil) }
            #expect(client.stub.requests.filter { $0.path == "/v3/auth/tokens" }.count == 2)
            time.advance(by: .seconds(3 * 3_600))
            #expect(await read(client)?.kind == .transient)
            cloud.fail(false)
            #expect(await read(client) == nil)
        }
    }

    @Test func `a caller that is cancelled while it fetches leaves the fetching to the next`() async throws {
        let cloud = TokenCloud()
        let hold = Signal()
        cloud.hold(hold)
        try await serving(cloud) { client, _ in
            let notebooks = client.notebooks
            let cancelled = await withTaskGroup(of: ServiceFailure?.self) { group in
                group.addTask {
                    await caught { () async throws(ServiceFailure) in try await notebooks.notebook(Sample.id) }
                }
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(cancelled?.kind == .transient)
            hold.fire()
            #expect(await read(client) == nil)
        }
    }

    @Test(arguments: [
        StubReply(status: 201, body: #"{"token":{"expires_at":"2026-01-02T00:00:00Z"}}"#),
        StubReply(status: 201, headers: [("X-Subject-Token", "t")], body: "{}"),
        StubReply(status: 201, headers: [("X-Subject-Token", "t")], body: #"{"token":{"expires_at":"tomorrow"}}"#),
        StubReply(status: 200, body: "<html>"),
        StubReply(
            status: 201,
            headers: [("X-Subject-Token", "t")],
            body: #"{"token":{"expires_at":"2026-01-02T00:00:00Z"}}}"#
        ),
    ])
    func `a reply of IAM without token or expiry is unintelligible`(_ reply: StubReply) async throws {
        var setup = Client.Setup()
        setup.credentials = .password(Secret("p"))
        setup.settings = { .password(user: "u", domain: "d", iamEndpoint: $0) }
        try await Client.serving(setup) { _ in
            reply
        } _: { client in
            #expect(await read(client)?.kind == .unintelligible)
            #expect(client.stub.requests.map(\.path) == ["/v3/auth/tokens"])
        }
    }
}
