// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import ModelArtsClient
import Synchronization

/// A page of a listing: one notebook's garbage is no other's (I10), and a page that cannot be read is no empty page (D9).
enum PageFamily {
    static func play(_ bench: Bench, _ random: inout SeededGenerator) async throws -> Bool {
        let recorded = try bench.corpus["cloud-page"]
        guard let tree = JSONParser.parse(recorded.body), let before = tree["data"]?.elements else {
            throw Corpus.Missing(name: "a page with notebooks")
        }
        guard random.chance(50) else {
            let reply = bench.spoiled(recorded, &random)
            let (notebooks, failure) = try await list(bench, reply)
            try checkWhole(reply, notebooks, failure)
            return failure == nil
        }
        let index = random.below(before.count)
        var after = before
        after[index] = bench.mutator.mutate(before[index], &random)
        var reply = recorded
        let members = tree.members.map { $0.key == "data" ? JSONTree.Member(key: "data", value: .array(after)) : $0 }
        reply.body = JSONTree.object(members).written(&random)
        let (notebooks, failure) = try await list(bench, reply)
        // Deeper than any document of the API: the page is refused as a whole.
        guard let read = JSONParser.parse(reply.body)?["data"]?.elements else {
            try promise(failure?.kind == .unintelligible, "no JSON, no page: \(notebooks)", [reply.bytes])
            return false
        }
        let others = read.enumerated().filter { $0.offset != index }.compactMap { Facts($0.element)?.notebook }
        for other in others {
            try promise(notebooks.contains(other), "I10: the neighbour \(other.id) is read as ever", [reply.bytes])
        }
        let known = Set(others.map(\.id)).union(Facts(read[index]).map { [$0.notebook.id] } ?? [])
        try promise(notebooks.allSatisfy { known.contains($0.id) }, "no notebook is made up", [reply.bytes])
        return true
    }

    /// Checks a page of which anything may be spoiled.
    private static func checkWhole(_ reply: Reply, _ notebooks: [Notebook], _ failure: ServiceFailure?) throws {
        if let failure { try RefusalFamily.check(failure, [reply.bytes], secrets: RefusalFamily.secrets) }
        try promise(Set(notebooks.map(\.id)).count == notebooks.count, "each notebook comes once", [reply.bytes])
        guard reply.hasOwnHead else { return }
        let tree = JSONParser.parse(reply.body)
        let isPage = tree?["data"]?.elements != nil || tree?["total"]?.integer == 0
        try promise(isPage || failure != nil, "D9: what is no page is no empty list", [reply.bytes])
        let readable = tree?.all("data").flatMap { $0.elements ?? [] }.compactMap { Facts($0)?.notebook } ?? []
        try promise(notebooks.allSatisfy(readable.contains), "no notebook is made up", [reply.bytes])
        if failure == nil {
            let ids = Set(notebooks.map(\.id))
            try promise(readable.allSatisfy { ids.contains($0.id) }, "no notebook is lost", [reply.bytes])
        }
    }

    private static func list(_ bench: Bench, _ reply: Reply) async throws -> ([Notebook], ServiceFailure?) {
        bench.server.answer { request in
            // Whatever total the page claims, there is nothing behind it.
            request.target.contains("offset=0") ? reply : Self.nothing
        }
        let result = try await bench.withCloud(spoiledHead: !reply.hasOwnHead, NotebookFamily.key) { notebooks, _, _ in
            let found = Mutex<[Notebook]>([])
            let end = await Answer { () async throws(ServiceFailure) in
                try await notebooks.list { page in found.withLock { $0 += page } }
            }
            return (found.withLock { $0 }, end.failure)
        }
        let most = 3 * 2_000
        try promise(bench.server.requests.count <= most, "a listing ends", [reply.bytes])
        return result
    }

    private static let nothing = Reply(status: "200 OK", body: Array(#"{"total":0,"data":[]}"#.utf8))
}
