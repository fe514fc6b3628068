// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import ModelArtsClient

/// Temporary keys of the metadata service: used as they came, or not at all.
enum AgencyFamily {
    static func play(_ bench: Bench, _ random: inout SeededGenerator) async throws -> Bool {
        var keys = try bench.corpus["metadata-keys"]
        var token = try bench.corpus["metadata-token"]
        if random.chance(70) { keys = bench.spoiled(keys, &random) }
        if random.chance(40) { token = bench.spoiled(token, heads: 30, &random) }
        let (answeredKeys, answeredToken) = (keys, token)
        let notebook = try bench.corpus["cloud-notebook"]
        let id = NotebookID(JSONParser.parse(notebook.body)?["id"]?.string ?? "")
        bench.server.answer { request in
            switch request.path {
            case "/meta-data/latest/api/token": answeredToken
            case "/openstack/latest/securitykey": answeredKeys
            default: notebook
            }
        }
        let document = [token.bytes, keys.bytes]
        let settings = ServiceSettings.CredentialSettings.agency(metadataEndpoint: bench.server.address)
        let isSpoiled = !keys.hasOwnHead || !token.hasOwnHead
        return try await bench.withCloud(spoiledHead: isSpoiled, .agency, settings) { notebooks, _, log in
            let outcome = await Answer { () async throws(ServiceFailure) in try await notebooks.notebook(id) }
            let requests = bench.server.requests
            try promise(requests.count <= 12, "I12: \(requests.count) requests", document)
            let facts = JSONParser.parse(answeredKeys.body)
            // A spoiled document may hold as a secret what is none.
            let secrets = Self.texts(facts, ["secret", "securitytoken"]).filter { $0.utf8.count >= 20 && $0 != id.text }
            for secret in secrets { try promise(!log.all.contains(secret), "I11: the log tells a secret", document) }
            if let failure = outcome.failure { try RefusalFamily.check(failure, document, secrets: secrets) }
            guard keys.hasOwnHead else { return outcome.value != nil }
            for request in requests where request.path.hasPrefix("/v1/") {
                let used = request.header("authorization")?.firstMatch(of: /Access=(.*), SignedHeaders=/).map {
                    String($0.1)
                }
                let isTheirs = used.map { Self.texts(facts, ["access"]).contains($0) } ?? false
                try promise(isTheirs, "the key is one that came: \(used ?? "none")", document)
            }
            return outcome.value != nil
        }
    }

    /// Every text that stands under one of the keys, wherever.
    private static func texts(_ tree: JSONTree?, _ keys: Set<String>) -> [String] {
        guard let tree else { return [] }
        return tree.members.flatMap { member in
            let own = member.key.map(keys.contains) ?? false ? member.value.string.map { [$0] } ?? [] : []
            return own + texts(member.value, keys)
        } + (tree.elements ?? []).flatMap { texts($0, keys) }
    }
}
