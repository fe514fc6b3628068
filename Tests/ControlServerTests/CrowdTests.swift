// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlServer
import Foundation
import TestSupport
import Testing

/// Clients that are too many.
@Suite(.timeLimit(.minutes(20)))
struct CrowdTests {
    @Test
    func `connections are bounded for each user, and root is let in all the same`() async throws {
        var limits = ControlLimits.patient
        (limits.connections, limits.connectionsOfUser, limits.rootConnections) = (3, 2, 1)
        try await RunningServer.with(limits: limits) { server in
            let most = geteuid() == 0 ? 1 : 2
            var clients: [Task<RunningServer.Answer, any Error>] = []
            for _ in 0..<most {
                clients.append(Task { try await server.curl("--max-time", "240", "http://curfew/v1/events") })
            }
            #expect(await eventually { server.backend.followers == most ? true : nil } == true)
            let refused = try await server.curl("http://curfew/v1/status")
            #expect(refused.status == 503)
            #expect(refused.body.contains("too-many-connections"))
            server.backend.finish()
            for client in clients { _ = try await client.value }
            let served = await eventually {
                try? await server.curl("http://curfew/v1/status").status == 200 ? true : nil
            }
            #expect(served == true)
        }
    }

    static func clients(_ arguments: String...) async throws -> [String: Any] {
        let result = try await FinishedProcess.run(
            "/usr/bin/env",
            ["python3", Repository.script("control_clients.py")] + arguments
        )
        let object = try? JSONSerialization.jsonObject(with: result.output) as? [String: Any]
        return try #require(object, "\(result.errors)")
    }
}
