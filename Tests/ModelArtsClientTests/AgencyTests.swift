// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewEngine
import Synchronization
import TestSupport
import Testing

@testable import CurfewCore
@testable import ModelArtsClient

@Suite(.timeLimit(.minutes(20))) struct AgencyTests {
    private static func keys(_ number: Int, expires: Timestamp) -> StubReply {
        StubReply(
            body:
                #"{"credential":{"access":"TEMP\#(number)","secret":"s","securitytoken":"st","expires_at":"\#(expires)"}}"#
        )
    }

    private func serving(
        _ handler: @escaping CloudStub.Handler,
        _ body: (Client, ManualTime) async throws -> Void
    ) async throws {
        var setup = Client.Setup()
        setup.time = ManualTime(isEager: false)
        setup.credentials = .agency
        setup.settings = { .agency(metadataEndpoint: $0) }
        try await Client.serving(setup, handler) { try await body($0, setup.time) }
    }

    private func read(_ client: Client) async -> ServiceFailure? {
        await caught { () async throws(ServiceFailure) in try await client.notebooks.notebook(Sample.id) }
    }

    private func paths(_ client: Client) -> [String] {
        client.stub.requests.map {
            $0.path.hasPrefix("/v1/") ? "call" : String($0.path.split(separator: "/").last ?? "")
        }
    }

    @Test func `keys come from the metadata service with a token of its own, and sign`() async throws {
        try await serving { request in
            switch request.path {
            case "/meta-data/latest/api/token": StubReply(body: "meta-token\n")
            case "/openstack/latest/securitykey": Self.keys(1, expires: ManualTime.start + .seconds(3_600))
            default: StubReply(body: Sample.fullNotebook)
            }
        } _: { client, _ in
            #expect(await read(client) == nil)
            #expect(await read(client) == nil)
            #expect(paths(client) == ["token", "securitykey", "call", "call"])
            let requests = client.stub.requests
            #expect(requests[0].method == "PUT")
            #expect(requests[0].headers["x-metadata-token-ttl-seconds"] == "21600")
            #expect(requests[1].headers["x-metadata-token"] == "meta-token")
            #expect(requests[2].headers["x-security-token"] == "st")
            #expect(requests[2].headers["authorization"]?.contains("Access=TEMP1,") == true)
        }
    }

    @Test(arguments: [404, 405, 503])
    func `an older metadata service that knows no token is asked without`(_ status: Int) async throws {
        try await serving { request in
            switch request.path {
            case "/meta-data/latest/api/token": StubReply(status: status)
            case "/openstack/latest/securitykey": Self.keys(1, expires: ManualTime.start + .seconds(3_600))
            default: StubReply(body: Sample.fullNotebook)
            }
        } _: { client, _ in
            #expect(await read(client) == nil)
            #expect(client.stub.requests[1].headers["x-metadata-token"] == nil)
        }
    }

    @Test func `a metadata token that is refused is replaced once`() async throws {
        let tokens = Counter()
        try await serving { request in
            switch request.path {
            case "/meta-data/latest/api/token": StubReply(body: "t\(tokens.next())")
            case "/openstack/latest/securitykey":
                request.headers["x-metadata-token"] == "t1"
                    ? StubReply(status: 401) : Self.keys(1, expires: ManualTime.start + .seconds(3_600))
            default: StubReply(body: Sample.fullNotebook)
            }
        } _: { client, _ in
            #expect(await read(client) == nil)
            #expect(paths(client) == ["token", "securitykey", "token", "securitykey", "call"])
        }
        try await serving { _ in
            StubReply(status: 401)
        } _: { client, _ in
            #expect(await read(client)?.kind == .authentication)
        }
    }

    @Test func `keys are replaced with forty minutes left, and not asked for at every call then`() async throws {
        let number = Counter()
        try await serving { request in
            switch request.path {
            case "/meta-data/latest/api/token": StubReply(body: "t")
            case "/openstack/latest/securitykey":
                Self.keys(
                    number.next(),
                    expires: ManualTime.start + .seconds(3_600)
                )
            default: StubReply(body: Sample.fullNotebook)
            }
        } _: { client, time in
            #expect(await read(client) == nil)
            time.advance(by: .seconds(19 * 60))
            #expect(await read(client) == nil)
            #expect(number.value == 1)
            time.advance(by: .seconds(120))
            for _ in 0..<5 { #expect(await read(client) == nil) }
            #expect(number.value == 2)
            time.advance(by: .seconds(5 * 60))
            #expect(await read(client) == nil)
            #expect(number.value == 3)
        }
    }

    @Test func `an ECS without an agency is told so, and asked once`() async throws {
        try await serving { request in
            request.path == "/meta-data/latest/api/token"
                ? StubReply(body: "t")
                : StubReply(status: 401, body: "Please configure Cloud Service Agency first")
        } _: { client, _ in
            let failure = await read(client)
            #expect(failure?.kind == .authentication)
            #expect(failure?.explanation.contains("no agency is bound to this ECS") == true)
            #expect(paths(client) == ["token", "securitykey"])
        }
    }

    @Test(arguments: [
        "", "{}", "<html>", #"{"credential":{"access":"a","secret":"s","securitytoken":"t"}}"#,
        #"{"credential":{"access":"a b","secret":"s","securitytoken":"t","expires_at":"2027-01-01T00:00:00Z"}}"#,
        #"{"credential":{"access":"a","secret":"s","expires_at":"2027-01-01T00:00:00Z"}}"#,
        #"{"credential":{"access":"a","secret":"s","securitytoken":"t","expires_at":"2027-01-01T00:00:00Z"}}"}}"#,
    ])
    func `a reply without usable keys is unintelligible`(_ body: String) async throws {
        try await serving { request in
            StubReply(body: request.path == "/meta-data/latest/api/token" ? "t" : body)
        } _: { client, _ in
            #expect(await read(client)?.kind == .unintelligible)
            #expect(paths(client) == ["token", "securitykey"])
        }
    }

    @Test func `a metadata service that does not answer is given up`() async throws {
        let release = Signal()
        var setup = Client.Setup()
        setup.credentials = .agency
        setup.settings = { .agency(metadataEndpoint: $0) }
        setup.limits.metadataTimeout = .milliseconds(50)
        try await Client.serving(setup) { _ in
            await release.wait()
            return StubReply()
        } _: { client in
            let failure = await read(client)
            #expect(failure?.kind == .transient)
            #expect(failure?.explanation.contains("metadata service does not answer") == true)
            release.fire()
        }
    }
}
