// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CurfewEngine
import Logging
import TestSupport
import Testing

@testable import CurfewCore
@testable import ModelArtsClient

@Suite(.timeLimit(.minutes(20))) struct ImpossibleStatusTests {
    @Test(arguments: ["099 x\r\nContent-Length: 1\r\n\r\nx", "000 x\r\nContent-Length: 0\r\n\r\n", "001 x\r\n\r\nx"])
    func `D8: a reply with a status that HTTP does not have is a failure, and the daemon lives on`(
        _ reply: String
    ) async throws {
        try await RawServer.serving("HTTP/1.1 \(reply)") { server in
            let http = try ModelArtsHTTP.makeClient()
            let time = ManualTime()
            let notebooks = try ModelArtsNotebooks(
                settings: ServiceSettings(endpoint: server.address, projectID: Sample.project),
                credentials: Sample.keys,
                http: http,
                time: time,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                jitter: { 0.5 }
            )
            let read = await caught { () async throws(ServiceFailure) in try await notebooks.notebook(Sample.id) }
            #expect(read?.kind == .transient)
            let order = StopOrder(notebook: Sample.id, validity: OrderValidity(verifiedAt: time.now))
            let stop = await caught { () async throws(ServiceFailure) in try await notebooks.stop(order) }
            #expect(stop?.kind == .outcomeUnknown)
            try await http.shutdown()
        }
    }
}
