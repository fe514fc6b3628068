// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CurfewEngine
import Logging
import TestSupport
import Testing

@testable import CurfewCore
@testable import ModelArtsClient

@Suite(.timeLimit(.minutes(20))) struct SecretsTests {
    private static let canaries = [
        "CANARYACCESSKEY", "canary-secret-key", "canary-security-token", "canary-password", "canary-iam-token",
        "canary-notebook-token", "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "Signature=",
    ]

    /// Answers with everything that came in, as an error of each sort.
    private static func echo(_ request: StubRequest, _ status: Int) -> StubReply {
        let everything = request.headers.map { "\($0.key)=\($0.value)" }.joined(separator: " ") + " " + request.body
        let text = everything.filter { $0 != "\"" && $0 != "\\" }
        let code = request.headers["authorization"] ?? request.headers["x-auth-token"] ?? "canary-password"
        return StubReply(
            status: status,
            headers: [("x-request-id", request.headers["x-security-token"] ?? "canary-password")],
            body: #"{"error_code":"\#(code)","error_msg":"token canary-notebook-token-1234 \#(text)"}"#
        )
    }

    private func look(at client: Client) async throws {
        var texts: [String] = []
        for _ in 0..<5 {
            texts.append("\(await client.listed())")
            let stop = await caught { () async throws(ServiceFailure) in
                try await client.notebooks.stop(client.stopOrder())
            }
            texts.append("\(stop?.description ?? "") \(String(reflecting: stop))")
            var dumped = ""
            dump(stop, to: &dumped)
            texts.append(dumped)
        }
        texts.append(client.log.all)
        #expect(!client.log.all.isEmpty)
        for text in texts {
            for canary in Self.canaries { #expect(!text.contains(canary), "\(text)") }
        }
    }

    @Test(arguments: [400, 401, 403, 429, 500, 504])
    func `I11 D24: a server that echoes a signed request gets no secret into errors or logs`(_ status: Int) async throws
    {
        var setup = Client.Setup()
        setup.credentials = .accessKey(
            id: Secret("CANARYACCESSKEY"),
            secret: Secret("canary-secret-key"),
            securityToken: Secret("canary-security-token")
        )
        try await Client.serving(setup) {
            Self.echo($0, status)
        } _: {
            try await look(at: $0)
        }
    }

    @Test(arguments: [400, 401, 403, 500])
    func `I11 D24: neither does one that echoes a password or a token`(_ status: Int) async throws {
        var setup = Client.Setup()
        setup.credentials = .password(Secret("canary-password"))
        setup.settings = { .password(user: "u", domain: "d", iamEndpoint: $0) }
        try await Client.serving(setup) {
            Self.echo($0, status)
        } _: {
            try await look(at: $0)
        }
        try await Client.serving(setup) { request in
            guard request.path == "/v3/auth/tokens" else { return Self.echo(request, status) }
            return StubReply(
                status: 201,
                headers: [("X-Subject-Token", "canary-iam-token")],
                body: #"{"token":{"expires_at":"2027-01-01T00:00:00Z"}}"#
            )
        } _: {
            try await look(at: $0)
        }
    }

    @Test func `I11: a notebook's token shows in no description of what was read`() async throws {
        try await Client.serving { _ in
            StubReply(body: #"{"total":1,"data":[\#(Sample.fullNotebook)]}"#)
        } _: { client in
            let (pages, failure) = await client.listed()
            #expect(failure == nil)
            #expect(pages.first?.first?.access != nil)
            try await look(at: client)
            var dumped = ""
            dump(pages, to: &dumped)
            for canary in Self.canaries { #expect(!dumped.contains(canary)) }
        }
    }
}

@Suite struct SetupTests {
    private func error(_ endpoint: String) -> SetupError? {
        do throws(SetupError) {
            _ = try ServiceAddress(endpoint, setting: "service.endpoint")
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        "https://modelarts.eu-de.otc.t-systems.com", "https://h:8443/base", "http://127.0.0.1:18080",
        "http://localhost",
        "http://[::1]:80", "http://169.254.169.254", "https://[2001:db8::1]/",
    ])
    func `a good address is accepted`(_ address: String) {
        #expect(error(address) == nil)
    }

    @Test(arguments: [
        "http://modelarts.eu-de.otc.t-systems.com", "http://10.0.0.1", "http://127.0.0.1.example.com",
        "http://localhost.example.com", "http://1270.0.0.1", "http://169.254.169.254.example.com",
    ])
    func `plain http beyond this machine is refused`(_ address: String) {
        #expect(error(address) == .plainHTTP(setting: "service.endpoint", address: address))
    }

    @Test(arguments: [
        "", "modelarts.example.com", "ftp://h", "https://", "https://user@h", "https://h:x", "https://h?q",
        "https://h#f",
        "https://h h", "https://h:99999", "http://user@127.0.0.1", "https://[::1", "https://h/a b",
    ])
    func `what is no address is refused`(_ address: String) {
        #expect(error(address) == .badAddress(setting: "service.endpoint", address: address))
    }

    @Test func `the host is written as the signature needs it`() throws {
        #expect(try ServiceAddress("https://h:443", setting: "s").authority == "h")
        #expect(try ServiceAddress("https://h:8443/a/", setting: "s").authority == "h:8443")
        #expect(try ServiceAddress("https://h:8443/a/", setting: "s").basePath == "/a")
        #expect(try ServiceAddress("http://127.0.0.1:80", setting: "s").authority == "127.0.0.1")
    }

    @Test func `credentials of another kind than the settings ask for are refused`() async throws {
        let http = try ModelArtsHTTP.makeClient()
        #expect(throws: SetupError.wrongCredentials) {
            _ = try ModelArtsNotebooks(
                settings: ServiceSettings(endpoint: "https://h.example.com", projectID: "p"),
                credentials: .agency,
                http: http,
                time: ManualTime(),
                logger: Logger(label: "t"),
                jitter: { 0 }
            )
        }
        try await http.shutdown()
    }

    @Test func `a file of authorities that is none is refused`() {
        #expect(throws: SetupError.self) { _ = try ModelArtsHTTP.makeClient(caFile: "/nonexistent/ca.pem") }
        #expect(throws: SetupError.self) { _ = try ModelArtsHTTP.makeClient(caFile: #filePath) }
    }
}
