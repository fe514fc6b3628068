// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import ModelArtsClient

/// A token of IAM: used as it came and until its end, or not at all.
enum TokenFamily {
    private static let password = "canary-pass\"word-000000000000000001"

    static func play(_ bench: Bench, _ random: inout SeededGenerator) async throws -> Bool {
        let recorded = try bench.corpus[random.pick("iam-token", "iam-token-simulated")]
        let reply = bench.spoiled(recorded, heads: 40, tokens: [password, "X-Subject-Token: \u{7F}\r\n"], &random)
        let notebook = try bench.corpus["cloud-notebook"]
        let id = NotebookID(JSONParser.parse(notebook.body)?["id"]?.string ?? "")
        let refusal = try bench.corpus["cloud-unauthorized"]
        let isRefused = random.chance(10)
        bench.server.answer { request in
            if request.path == "/v3/auth/tokens" { return reply }
            return isRefused ? refusal : notebook
        }
        let settings = ServiceSettings.CredentialSettings.password(
            user: "ci-user",
            domain: "acme",
            iamEndpoint: bench.server.address
        )
        let credentials = ModelArtsCredentials.password(Secret(password))
        return try await bench.withCloud(spoiledHead: !reply.hasOwnHead, credentials, settings) {
            notebooks,
            time,
            log in
            let first = await Answer { () async throws(ServiceFailure) in try await notebooks.notebook(id) }
            try check(first, bench, reply, log)
            guard reply.hasOwnHead, first.value != nil, let life = Self.life(of: reply.body) else {
                return first.value != nil
            }
            let asked = bench.server.requests.count { $0.path == "/v3/auth/tokens" }
            time.advance(by: max(.zero, life))
            _ = await Answer { () async throws(ServiceFailure) in try await notebooks.notebook(id) }
            let again = bench.server.requests.count { $0.path == "/v3/auth/tokens" }
            try promise(again > asked, "no token is used beyond its end, \(life) after its begin", [reply.bytes])
            return true
        }
    }

    private static func check(_ outcome: Answer<Notebook>, _ bench: Bench, _ reply: Reply, _ log: LogText) throws {
        let document = [reply.bytes]
        let requests = bench.server.requests
        let tokens = requests.filter { $0.path != "/v3/auth/tokens" }.compactMap { $0.header("x-auth-token") }
        try promise(requests.count <= 6, "I12: \(requests.count) requests", document)
        let sent = String(decoding: reply.head, as: UTF8.self)
        for token in tokens {
            try promise(!token.isEmpty && sent.contains(token), "the token is the one that came: \(token)", document)
        }
        // A token that is cut is still one, so parts of it count as well.
        let secrets = [password] + tokens.filter { $0.utf8.count >= 20 }
        for secret in secrets { try promise(!log.all.contains(secret), "I11: the log tells a secret", document) }
        if let failure = outcome.failure { try RefusalFamily.check(failure, document, secrets: secrets) }
        if outcome.value != nil { try promise(!tokens.isEmpty, "nothing is read without a token", document) }
    }

    /// How long a token holds by its description; nil where a key is repeated or a time cannot be read.
    private static func life(of body: [UInt8]) -> Duration? {
        guard
            let tree = JSONParser.parse(body), !tree.hasRepeatedKeys, tree.members.count == 1,
            let token = tree["token"], token["token"] == nil,
            let end = token["expires_at"]?.string.flatMap({ Timestamp(rfc3339: $0) }),
            let begin = token["issued_at"]?.string.flatMap({ Timestamp(rfc3339: $0) })
        else { return nil }
        return end - begin
    }
}
