// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import ModelArtsClient

/// Refusals: never a value, never a storm, and never a secret or a control character in what is told (I11, I12).
enum RefusalFamily {
    /// What the client proves itself with; a server may quote it.
    static let secrets = ["canary-secret-key-000000000000000001", "CANARYACCESSKEY0001"]

    private static let statuses = [
        "300 x", "302 Found", "400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "408 x", "409 x",
        "410 Gone", "418 x", "429 Too Many Requests", "499 x", "500 x", "502 x", "503 x", "504 x", "599 x",
    ]

    private static let codes = [
        "ModelArts.6309", "ModelArts.6404", "ModelArts.6307", "ModelArts.6357", "ModelArts.6101", "ModelArts.0203",
        "APIG.0301",
        "APIG.0307", "APIG.0308", "APIG.0101", "ModelArts.6201", "ModelArts.0210", "ModelArts.0109", "ModelArts.6326",
        "401", "x\n",
    ]

    static func play(_ bench: Bench, _ random: inout SeededGenerator) async throws -> Bool {
        let name = random.pick("cloud-gone", "cloud-unauthorized", "cloud-project")
        var reply = try bench.corpus[name]
        let quotes = secrets + ["Credential=CANARYACCESSKEY0001, Signature=", "\u{1B}[31m", "a\nb", "\u{202E}"]
        let code = random.pick(from: codes) ?? ""
        let quoted = random.below(2)
        reply.body = Array(
            String(decoding: reply.body, as: UTF8.self)
                .replacing(/(ModelArts|APIG)\.[0-9]+/, with: code)
                .replacing(#/[a-z]+ /#, maxReplacements: quoted) { "\($0.0)\(quotes.joined(separator: " "))" }.utf8
        )
        if random.chance(70) { reply = bench.spoiled(reply, heads: 30, tokens: quotes, &random) }
        if reply.hasOwnHead, random.chance(70) {
            let headers = reply.header("retry-after").map { [(name: "Retry-After", value: $0)] } ?? []
            reply = Reply(status: random.pick(from: statuses) ?? "500 x", headers: headers, body: reply.body)
        }
        let answer = reply
        bench.server.answer { _ in answer }
        let operation = random.below(3)
        let (failure, log) = try await bench.withCloud(spoiledHead: !reply.hasOwnHead, NotebookFamily.key) {
            notebooks,
            _,
            log in
            let failure: ServiceFailure? =
                switch operation {
                case 0:
                    await Answer { () async throws(ServiceFailure) in try await notebooks.list { _ in } }.failure
                case 1:
                    await Answer { () async throws(ServiceFailure) in try await notebooks.notebook(NotebookID("n")) }
                        .failure
                default:
                    await Answer { () async throws(ServiceFailure) in try await notebooks.lease(of: NotebookID("n")) }
                        .failure
                }
            return (failure, log.all)
        }
        let document = [reply.bytes]
        try promise(bench.server.requests.count <= 9, "I12: \(bench.server.requests.count) requests", document)
        for secret in secrets { try promise(!log.contains(secret), "I11: the log tells a secret", document) }
        guard let failure else {
            try promise(!reply.hasOwnHead || reply.isSuccess, "a refusal is a failure", document)
            return false
        }
        try check(failure, document, secrets: secrets)
        if reply.hasOwnHead, failure.kind == .gone {
            let code = JSONParser.parse(reply.body) == nil ? nil : failure.code
            let isGone = code == nil || ["ModelArts.6309", "ModelArts.6404"].contains(code)
            try promise(isGone && [400, 404].contains(failure.status), "only its code says that it is gone", document)
        }
        return failure.code != nil
    }

    /// Checks what people will see of a failure.
    static func check(_ failure: ServiceFailure, _ documents: [[UInt8]], secrets: [String]) throws {
        let text = "\(failure)"
        for secret in secrets {
            try promise(!text.contains(secret), "I11: a failure tells a secret: \(text)", documents)
        }
        try promise(text.isOneHarmlessLine, "a failure is told in one line: \(text)", documents)
        try promise(text.utf8.count < 2_000, "a failure is told shortly: \(text)", documents)
        if case .throttled(let pause?) = failure.kind {
            try promise((.zero...(.seconds(86_400))).contains(pause), "a pause has bounds: \(pause)", documents)
        }
    }
}

extension Reply {
    /// Whether the status is one of success.
    var isSuccess: Bool { String(decoding: head.prefix(12), as: UTF8.self).hasSuffix(" 200") }
}
