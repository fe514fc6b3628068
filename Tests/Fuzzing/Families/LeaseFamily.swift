// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import ModelArtsClient

/// A lease: known as the document says, unreadable, or a failure.
enum LeaseFamily {
    static func play(_ bench: Bench, _ random: inout SeededGenerator) async throws -> Bool {
        let reply = bench.spoiled(try bench.corpus["cloud-lease"], &random)
        bench.server.answer { _ in reply }
        let result = try await bench.withCloud(spoiledHead: !reply.hasOwnHead, NotebookFamily.key) { notebooks, _, _ in
            await Answer { () async throws(ServiceFailure) in try await notebooks.lease(of: NotebookID("n")) }
        }
        if let failure = result.failure {
            try RefusalFamily.check(failure, [reply.bytes], secrets: RefusalFamily.secrets)
        }
        if let expiry = result.value?.lease?.expiry {
            // The sums that planner and texts make of it must not trap.
            _ = "\(expiry) \(expiry - CaseTime.start) \(expiry + .seconds(72 * 3_600))"
        }
        guard reply.hasOwnHead else { return result.value?.lease != nil }
        let expected = JSONParser.parse(reply.readableBody).map(Facts.lease)
        try promise(
            result.value == expected,
            "what is read is what the document says: \(result), \(String(describing: expected))",
            [reply.bytes]
        )
        return result.value?.lease != nil
    }
}
