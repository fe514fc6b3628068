// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import ModelArtsClient
import PolicyFile

/// One notebook: what is read is what the document says, and nothing is stopped that the document protects.
enum NotebookFamily {
    /// A key that occurs nowhere else, so that it can be looked for.
    static let key = ModelArtsCredentials.accessKey(
        id: Secret("CANARYACCESSKEY0001"),
        secret: Secret("canary-secret-key-000000000000000001"),
        securityToken: nil
    )

    static func play(_ bench: Bench, _ random: inout SeededGenerator) async throws -> Bool {
        var recorded = try bench.corpus["cloud-notebook"]
        // Half of the notebooks have no mark, so that only the rest of the document protects them.
        if random.chance(50), let tree = JSONParser.parse(recorded.body) {
            let unmarked = tree.members.filter { $0.key != "tags" && $0.key != "description" }
            recorded.body = JSONTree.object(unmarked).written(&random)
        }
        let reply = bench.spoiled(recorded, &random)
        let id = JSONParser.parse(recorded.body)?["id"]?.string ?? ""
        bench.server.answer { _ in reply }
        let result = try await bench.withCloud(spoiledHead: !reply.hasOwnHead, key) { notebooks, _, _ in
            await Answer { () async throws(ServiceFailure) in try await notebooks.notebook(NotebookID(id)) }
        }
        try promise(bench.server.requests.count <= 3, "a read is tried three times at most", [reply.bytes])
        switch result {
        case .failure(let failure): try RefusalFamily.check(failure, [reply.bytes], secrets: RefusalFamily.secrets)
        case .value(let notebook):
            try promise(notebook.id.text == id, "the notebook is the one that was asked for", [reply.bytes])
            try checkPlan(notebook, reply)
        }
        guard reply.hasOwnHead else { return result.value != nil }
        let facts = JSONParser.parse(reply.readableBody).flatMap { Facts($0) }.flatMap {
            $0.notebook.id.text == id ? $0 : nil
        }
        try promise(
            result.value == facts?.notebook,
            "what is read is what the document says:\n\(String(describing: result))\n\(String(describing: facts))",
            [reply.bytes]
        )
        return result.value != nil
    }

    /// Plans for the notebook as if it had been idle for ten hours.
    private static func checkPlan(_ notebook: Notebook, _ reply: Reply) throws {
        guard let policy = PolicyLoader().load(text: Facts.policy, file: "policy", now: CaseTime.start).policy else {
            throw Corpus.Missing(name: "a policy to plan with")
        }
        let now = CaseTime.start
        var record = NotebookRecord(notebook, readAt: now, marks: policy.marks)
        record.add(
            Observation(
                source: Facts.source,
                activity: .idle(since: now - .seconds(10 * 3_600)),
                observedAt: now,
                serverStartedAt: now - .seconds(20 * 3_600)
            )
        )
        guard Planner.decide(record, policy: policy, now: now).action == .stop, reply.hasOwnHead else { return }
        let facts = JSONParser.parse(reply.body).flatMap { Facts($0) }
        try promise(facts?.mayBeStopped ?? false, "I1: what is kept or exempt is not stopped", [reply.bytes])
    }
}

/// How a call ended.
enum Answer<Value: Sendable>: Sendable {
    case value(Value)
    case failure(ServiceFailure)

    init(_ call: () async throws(ServiceFailure) -> Value) async {
        do throws(ServiceFailure) {
            self = .value(try await call())
        } catch {
            self = .failure(error)
        }
    }

    var value: Value? { if case .value(let value) = self { value } else { nil } }
    var failure: ServiceFailure? { if case .failure(let failure) = self { failure } else { nil } }
}
