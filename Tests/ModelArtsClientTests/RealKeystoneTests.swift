// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewEngine
import Synchronization
import TestSupport
import Testing

@testable import CurfewCore
@testable import ModelArtsClient

/// The tokens of a real Keystone, used at a small cloud that asks Keystone about every token it is shown.
@Suite(.timeLimit(.minutes(20))) struct RealKeystoneTests {
    /// Runs a client with a password, whose time stands still.
    private func serving(
        _ keystone: RealKeystone,
        password: String = RealKeystone.password,
        _ body: (Client, ManualTime) async throws -> Void
    ) async throws {
        var setup = Client.Setup()
        setup.time = ManualTime(isEager: false)
        setup.project = keystone.project
        setup.credentials = .password(Secret(password))
        setup.settings = { _ in
            .password(user: keystone.user, domain: keystone.domain, iamEndpoint: keystone.url)
        }
        try await Client.serving(setup) { request in
            let token = request.headers["x-auth-token"] ?? ""
            // A Keystone that does not answer lets nobody in.
            let holder = try? await keystone.holder(of: token)
            return holder == keystone.holder ? StubReply(body: Sample.fullNotebook) : .error(401, "APIG.0307", token)
        } _: { client in
            try await body(client, setup.time)
            #expect(!client.log.all.contains(password))
            for token in tokens(client) where !token.isEmpty { #expect(!client.log.all.contains(token)) }
        }
    }

    private func read(_ client: Client) async -> ServiceFailure? {
        await caught { () async throws(ServiceFailure) in try await client.notebooks.notebook(Sample.id) }
    }

    /// The token of each call that reached the cloud.
    private func tokens(_ client: Client) -> [String] {
        client.stub.requests.map { $0.headers["x-auth-token"] ?? "" }
    }

    @Test func `a token is used that Keystone gave to this user for this project, and replaced before it ends`()
        async throws
    {
        try await RealKeystone.with(lifetime: .seconds(600)) { keystone in
            try await serving(keystone) { client, time in
                for _ in 0..<3 { #expect(await read(client) == nil) }
                time.advance(by: .seconds(299))
                #expect(await read(client) == nil)
                let first = try #require(tokens(client).first)
                #expect(tokens(client) == Array(repeating: first, count: 4))
                #expect(try await keystone.holder(of: first) == keystone.holder)
                time.advance(by: .seconds(2))
                #expect(await read(client) == nil)
                let second = try #require(tokens(client).last)
                #expect(second != first)
                #expect(try await keystone.holder(of: second) == keystone.holder)
            }
        }
    }

    @Test func `I11: a token that was revoked is fetched anew once, and no token is told`() async throws {
        try await RealKeystone.with(lifetime: .seconds(3_600)) { keystone in
            try await serving(keystone) { client, _ in
                #expect(await read(client) == nil)
                let first = try #require(tokens(client).first)
                try await keystone.revoke(first)
                #expect(try await keystone.holder(of: first) == nil)
                #expect(await read(client) == nil)
                #expect(tokens(client).count == 3)
                let second = try #require(tokens(client).last)
                #expect(second != first)
                #expect(try await keystone.holder(of: second) == keystone.holder)
            }
        }
    }

    @Test func `a project that the user has no part in is an authentication failure`() async throws {
        try await RealKeystone.with(lifetime: .seconds(3_600)) { keystone in
            var setup = Client.Setup()
            setup.time = ManualTime(isEager: false)
            setup.credentials = .password(Secret(RealKeystone.password))
            setup.settings = { _ in
                .password(user: keystone.user, domain: keystone.domain, iamEndpoint: keystone.url + "/v3")
            }
            try await Client.serving(setup) { _ in
                StubReply(body: Sample.fullNotebook)
            } _: { client in
                #expect(await read(client)?.kind == .authentication)
                #expect(client.stub.requests.isEmpty)
            }
        }
    }

    @Test func `I11, I12, D23: a wrong password is shown three times and leaves the user's other programs alone`()
        async throws
    {
        try await RealKeystone.with(lifetime: .seconds(3_600)) { keystone in
            let wrong = "canary-wrong-5647382910"
            try await serving(keystone, password: wrong) { client, _ in
                let notebooks = client.notebooks
                let failures = await withTaskGroup(of: ServiceFailure?.self) { group in
                    for _ in 0..<20 {
                        group.addTask {
                            await caught { () async throws(ServiceFailure) in try await notebooks.notebook(Sample.id) }
                        }
                    }
                    return await group.reduce(into: [ServiceFailure?]()) { $0.append($1) }
                }
                for _ in 0..<5 { #expect(await read(client) != nil) }
                let until = ManualTime.start + AuthenticationGate.pause
                #expect(await read(client)?.kind == .authenticationPaused(until: until))
                for failure in failures {
                    let failure = try #require(failure)
                    #expect(!"\(failure)".contains(wrong))
                }
                #expect(failures.contains { $0?.kind == .authentication && $0?.status == 401 })
                #expect(client.stub.requests.isEmpty)
            }
            #expect(try await keystone.signIn(password: RealKeystone.password) == 201)
            // What three failures do not do, five do: this Keystone locks.
            for _ in 0..<5 { #expect(try await keystone.signIn(password: wrong) == 401) }
            #expect(try await keystone.signIn(password: RealKeystone.password) == 401)
        }
    }
}
