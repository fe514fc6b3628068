// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import AsyncHTTPClient
import CurfewCore
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct ImpossibleStatusTests {
    @Test(arguments: ["099 x\r\nContent-Length: 1\r\n\r\nx", "000 x\r\nContent-Length: 0\r\n\r\n", "001 x\r\n\r\nx"])
    func `I10, D2: a server that answers with a status that HTTP does not have is unknown, and harms nobody`(
        _ reply: String
    ) async throws {
        try await RawServer.serving("HTTP/1.1 \(reply)") { server in
            let client = try ProbeHTTP.makeClient()
            let probe = JupyterProbe(
                name: EvidenceName("jupyter"),
                settings: JupyterSettings(timeout: patience),
                client: client,
                time: ManualTime()
            )
            let notebook = Notebook(
                id: NotebookID("1111"),
                name: "nb",
                status: .running,
                access: JupyterAccess(url: "\(server.address)/1111/lab", token: Secret("token"))
            )
            let look = await probe.observe(notebook, budget: .seconds(3_600))
            #expect(look.activity == .unknown(.unreachable("api/kernels: HTTPParserError")))
            try await client.shutdown()
        }
    }
}
