// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import AsyncHTTPClient
import CurfewCore
import CurfewEngine
import FoundationEssentials
import Hummingbird

/// A bound on looks whose subject is no bound: long enough for a machine that is busy with other things.
let patience: Duration = .seconds(240)

/// Runs `body` with the probes' own kind of client, and shuts it down.
func withClient<Result>(caFile: String? = nil, _ body: (HTTPClient) async throws -> Result) async throws -> Result {
    let client = try ProbeHTTP.makeClient(caFile: caFile, connectTimeout: patience)
    let result: Result
    do {
        result = try await body(client)
    } catch {
        try await client.shutdown()
        throw error
    }
    try await client.shutdown()
    return result
}

/// Runs `body` with a server that answers by `answer` and a probe.
func withProbe<Result: Sendable>(
    _ settings: JupyterSettings = JupyterSettings(timeout: patience),
    time: any TimeSource = SettableTime(),
    _ answer: @escaping OddServer.Answer,
    looking body: (JupyterProbe, OddServer) async throws -> Result
) async throws -> Result {
    try await withClient { client in
        try await withServer(
            answer,
            running: { server in
                let probe = JupyterProbe(name: EvidenceName("jupyter"), settings: settings, client: client, time: time)
                return try await body(probe, server)
            }
        )
    }
}

/// The replies of a well-behaved server, as texts that a test may spoil.
struct Replies: Sendable {
    var status =
        #"{"connections":0,"kernels":0,"last_activity":"2026-11-21T01:00:00.5Z","started":"2026-11-21T00:00:00Z"}"#
    var kernels = "[]"
    var terminals: String? = "[]"

    func answer(_ request: OddServer.Seen) -> Response {
        switch request.name {
        case "status": .json(status)
        case "kernels": .json(kernels)
        case "terminals": terminals.map { .json($0) } ?? .status(.notFound)
        default: .status(.notFound)
        }
    }
}

extension Activity {
    /// The kind of an unknown activity, without its text.
    var unknownKind: String? {
        guard case .unknown(let reason) = self else { return nil }
        return switch reason {
        case .unreachable: "unreachable"
        case .refused: "refused"
        case .unintelligible: "unintelligible"
        case .noAccess: "noAccess"
        default: "other"
        }
    }
}
