// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import TestSupport
import Testing

@testable import ModelArtsClient

@Suite("Signing for other services", .timeLimit(.minutes(20)))
struct ServiceSignerTests {
    private func proof(_ client: Client, _ origin: String) async -> [String: String]? {
        let request = CloudRequest(origin: origin, path: "/v1/p/aom/api/v1/query", query: "query=up%7B%7D")
        do throws(ServiceFailure) {
            let headers = try await client.notebooks.signer.proof(for: request)
            return Dictionary(headers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        } catch {
            return nil
        }
    }

    @Test(arguments: ["https://metrics.example.com", "http://127.0.0.2:80", "https://127.0.0.1.example.com"])
    func `I11: an address outside the cloud gets no proof, not even a request for a token`(origin: String) async throws
    {
        var setup = Client.Setup()
        setup.credentials = .password(Secret("canary-password"))
        setup.settings = { .password(user: "u", domain: "d", iamEndpoint: $0) }
        try await Client.serving(setup) { _ in
            StubReply(status: 500)
        } _: { client in
            #expect(await proof(client, origin) == nil)
            #expect(client.stub.requests.isEmpty)
        }
    }

    @Test func `the signature covers the host, the project and the query`() async throws {
        try await Client.serving { _ in
            StubReply()
        } _: { client in
            let origin = client.stub.address
            let headers = try #require(await proof(client, origin))
            client.notebooks.signer.answered(status: 200)
            let signed = ["host", "x-project-id", "x-sdk-date"].map { (name: $0, value: headers[$0] ?? "") }
            #expect(signed.allSatisfy { !$0.value.isEmpty })
            let signature = RequestSignature(
                method: "GET",
                path: "/v1/p/aom/api/v1/query",
                query: "query=up%7B%7D",
                headers: signed,
                body: []
            )
            let expected = signature.authorization(id: Secret("CANARYACCESSKEY"), secret: Secret("canary-secret-key"))
            #expect(headers["authorization"] == expected)
            #expect("http://\(headers["host"] ?? "")" == origin)
        }
    }

    @Test func `I12: refusals by a metrics service count with those of the cloud, which locks a key by all of them`()
        async throws
    {
        try await Client.serving { _ in
            .error(401, "APIG.0301")
        } _: { client in
            for _ in 0..<AuthenticationGate.limit {
                #expect(await proof(client, client.stub.address) != nil)
                client.notebooks.signer.answered(status: 401)
            }
            #expect(await proof(client, client.stub.address) == nil)
            _ = await client.listed()
            #expect(client.stub.requests.isEmpty)
            client.time.advance(by: AuthenticationGate.pause + .seconds(1))
            #expect(await proof(client, client.stub.address) != nil)
            client.notebooks.signer.answered(status: nil)
        }
    }
}
