// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import ModelArtsSimulator

@Suite struct AccessTests {
    private static let passwordRequest = """
        {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "operator", "password": "PASSWORD", \
        "domain": {"name": "example-account"}}}}, "scope": {"project": {"id": "0123456789abcdef0123456789abcdef"}}}}
        """

    private func signIn(_ bench: CloudBench, password: String) -> WireAnswer {
        bench.sendPlain(
            "POST",
            "/v3/auth/tokens?nocatalog=true",
            headers: [("Content-Type", "application/json")],
            body: Self.passwordRequest.replacingOccurrences(of: "PASSWORD", with: password)
        )
    }

    private func list(_ bench: CloudBench, token: String) -> WireAnswer {
        bench.sendPlain(
            "GET",
            "/v1/\(bench.cloud.credentials.projectID)/notebooks/all",
            headers: [("X-Auth-Token", token)]
        )
    }

    @Test func `a clock that is off by more than a quarter of an hour is refused`() {
        let bench = CloudBench([runningNotebook()])
        let path = "/v1/\(bench.cloud.credentials.projectID)/notebooks"
        for (skew, status) in [(899, 200), (901, 401), (-899, 200), (-901, 401)] {
            let instant = bench.clock.now + Int64(skew) * Moment.second
            let answer = bench.cloud.respond(to: bench.signer.sign("GET", path, now: instant))
            #expect(answer.status == status)
            #expect(answer.header("Date") != nil)
            if status == 401 { #expect(answer.text.contains("signature expired")) }
        }
    }

    @Test func `more than five wrong signatures in a row lock the key for five minutes, even for the right secret`() {
        let bench = CloudBench([runningNotebook()])
        var wrong = bench
        wrong.signer.secretKey = "wrong"
        for _ in 0..<5 { #expect(wrong.send("GET", "/notebooks").status == 401) }
        #expect(bench.send("GET", "/notebooks").status == 200)
        for _ in 0..<6 { #expect(wrong.send("GET", "/notebooks").status == 401) }
        let locked = bench.send("GET", "/notebooks")
        #expect(locked.status == 401)
        #expect(locked.text.contains("AK access failed to reach the limit"))
        bench.clock.advance(by: 5 * Moment.minute)
        #expect(bench.send("GET", "/notebooks").status == 200)
    }

    @Test func `a password buys a token in a header, which ends after a day or when it is revoked`() throws {
        let bench = CloudBench([runningNotebook()])
        let answer = signIn(bench, password: bench.cloud.credentials.password)
        #expect(answer.status == 201)
        let token = try #require(answer.header("X-Subject-Token"))
        #expect(!answer.text.contains(token))
        #expect(list(bench, token: token).status == 200)
        bench.clock.advance(by: 24 * Moment.hour)
        #expect(list(bench, token: token).status == 401)
        let next = try #require(signIn(bench, password: bench.cloud.credentials.password).header("X-Subject-Token"))
        #expect(list(bench, token: next).status == 200)
        bench.cloud.revokeTokens()
        #expect(list(bench, token: next).status == 401)
    }

    @Test func `a wrong password is refused in the shape of IAM`() throws {
        let answer = signIn(CloudBench(), password: "wrong")
        #expect(answer.status == 401)
        let error = try #require(try answer.object["error"] as? [String: Any])
        #expect(error["code"] as? Int == 401)
    }

    @Test func `temporary keys need their metadata token and security token, and rotate before they end`() throws {
        let bench = CloudBench([runningNotebook()])
        let keyPath = "/openstack/latest/securitykey"
        #expect(bench.sendPlain("GET", keyPath).status == 401)
        let token = bench.sendPlain(
            "PUT",
            "/meta-data/latest/api/token",
            headers: [("X-Metadata-Token-Ttl-Seconds", "21600")]
        )
        let headers = [(name: "X-Metadata-Token", value: token.text)]
        let answer = bench.sendPlain("GET", keyPath, headers: headers)
        let key = try #require(try answer.object["credential"] as? [String: String])
        var temporary = bench
        temporary.signer.accessKey = try #require(key["access"])
        temporary.signer.secretKey = try #require(key["secret"])
        #expect(temporary.send("GET", "/notebooks").status == 401)
        temporary.signer.securityToken = key["securitytoken"]
        #expect(temporary.send("GET", "/notebooks").status == 200)
        bench.clock.advance(by: 55 * Moment.minute)
        let next = try #require(
            try bench.sendPlain("GET", keyPath, headers: headers).object["credential"] as? [String: String]
        )
        #expect(next["access"] != key["access"])
        #expect(temporary.send("GET", "/notebooks").status == 200)
        bench.clock.advance(by: 6 * Moment.minute)
        #expect(temporary.send("GET", "/notebooks").status == 401)
    }

    @Test func `an older metadata service has no tokens`() {
        let bench = CloudBench()
        bench.cloud.setMetadataMode(.withoutTokens(status: 404))
        #expect(bench.sendPlain("PUT", "/meta-data/latest/api/token").status == 404)
        #expect(bench.sendPlain("GET", "/openstack/latest/securitykey").status == 200)
    }

    @Test func `an identity without a permission is refused where it needs it, and nowhere else`() throws {
        let notebook = runningNotebook()
        let bench = CloudBench([notebook])
        bench.cloud.setPermissions([.listAll, .get, .stop])
        #expect(bench.send("GET", "/notebooks/all").status == 200)
        #expect(bench.send("PATCH", "/notebooks/\(notebook.id)/lease", body: "{}").status == 403)
        #expect(bench.send("POST", "/notebooks/\(notebook.id)/stop").status == 200)
        bench.cloud.setPermissions([.listAll])
        #expect(bench.send("POST", "/notebooks/\(notebook.id)/stop").status == 403)
    }

    @Test func `throttling answers 429 with a pause`() {
        let bench = CloudBench()
        bench.cloud.setThrottling(true, retryAfter: 7)
        let answer = bench.send("GET", "/notebooks")
        #expect(answer.status == 429)
        #expect(answer.errorCode == "APIG.0308")
        #expect(answer.header("Retry-After") == "7")
    }
}
