// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CurfewEngine
import Logging
import Synchronization
import TestSupport
import Testing

@testable import CurfewCore
@testable import ModelArtsClient

@Suite(.timeLimit(.minutes(20))) struct CallTests {
    private static let lease = #"{"create_at":1767225600000,"duration":9000000,"enable":true,"type":"IDLE"}"#

    @Test func `a notebook and its lease are read at their addresses`() async throws {
        try await Client.serving { request in
            StubReply(body: request.path.hasSuffix("/lease") ? Self.lease : Sample.fullNotebook)
        } _: { client in
            let notebook = try await client.notebooks.notebook(Sample.id)
            #expect(notebook.name == "nb-train-a")
            let reading = try await client.notebooks.lease(of: Sample.id)
            #expect(reading.lease?.kind == .idle)
            let base = "/v1/\(Sample.project)/notebooks/\(Sample.id)"
            #expect(client.stub.requests.map(\.path) == [base, base + "/lease"])
        }
    }

    @Test(arguments: [("Thu, 01 Jan 2026 00:10:00 GMT", -600), ("Wed, 31 Dec 2025 22:00:00 GMT", 7_200)])
    func `I5: a lease ends by the cloud's clock, however wrong ours is`(_ date: String, _ ahead: Int) async throws {
        // Our clock stands at the beginning of 2026.
        let lag = Duration.seconds(ahead)
        try await Client.serving { request in
            var body = request.path.hasSuffix("/lease") ? Self.lease : Sample.fullNotebook
            if request.path.hasSuffix("/all") { body = #"{"total":1,"data":[\#(Sample.fullNotebook)]}"# }
            return StubReply(headers: [("date", date)], body: body)
        } _: { client in
            let reading = try await client.notebooks.lease(of: Sample.id)
            #expect(reading.lease?.expiry == ManualTime.start + .seconds(9_000) + lag)
            let plain = try #require(Self.whole(Sample.fullNotebook))
            let notebook = try await client.notebooks.notebook(Sample.id)
            #expect(notebook.lease.lease?.expiry == plain.lease.lease?.expiry.map { $0 + lag })
            #expect(notebook.updatedAt == plain.updatedAt.map { $0 + max(lag, .zero) })
            #expect(await client.listed().pages == [[notebook]])
        }
    }

    private static func whole(_ text: String) -> Notebook? {
        var reader = JSONReader(Array(text.utf8))
        return try? NotebookReply.read(&reader)
    }

    @Test func `a renewal goes out in the body, a stop without one`() async throws {
        try await Client.serving { _ in
            StubReply()
        } _: { client in
            try await client.notebooks.renewLease(client.renewalOrder(.seconds(7_200), .timing))
            try await client.notebooks.renewLease(client.renewalOrder(.seconds(3_600), .idle))
            try await client.notebooks.stop(client.stopOrder())
            let base = "/v1/\(Sample.project)/notebooks/\(Sample.id)"
            let requests = client.stub.requests
            #expect(requests.map(\.method) == ["PATCH", "PATCH", "POST"])
            #expect(requests.map(\.path) == [base + "/lease", base + "/lease", base + "/stop"])
            #expect(requests.allSatisfy { $0.query.isEmpty })
            #expect(
                requests.map(\.body) == [
                    #"{"duration": 7200000, "type": "TIMING"}"#, #"{"duration": 3600000, "type": "IDLE"}"#, "",
                ]
            )
        }
    }

    @Test func `a request carries a signature over what was sent, and only over headers that nobody rewrites`()
        async throws
    {
        var setup = Client.Setup()
        setup.credentials = .accessKey(id: Secret("AK"), secret: Secret("SK"), securityToken: Secret("ST"))
        try await Client.serving(setup) { _ in
            StubReply()
        } _: { client in
            try await client.notebooks.renewLease(client.renewalOrder(.seconds(7_200), .timing))
            let request = try #require(client.stub.requests.first)
            #expect(request.headers["host"] == "127.0.0.1:\(client.stub.port)")
            #expect(request.headers["x-sdk-date"] == "20260101T000000Z")
            let names = ["host", "content-type", "x-project-id", "x-sdk-date", "x-security-token"]
            let signature = RequestSignature(
                method: "PATCH",
                path: request.path,
                query: request.query,
                headers: names.map { (name: $0, value: request.headers[$0] ?? "missing") },
                body: Array(request.body.utf8)
            )
            #expect(
                request.headers["authorization"]
                    == signature.authorization(id: Secret("AK"), secret: Secret("SK"))
            )
            #expect(
                request.headers["authorization"]?.contains(
                    "SignedHeaders=content-type;host;x-project-id;x-sdk-date;x-security-token,"
                ) == true
            )
        }
    }

    @Test func `an accepted mutation is not believed further: any body will do, even none`() async throws {
        for reply in [
            StubReply(status: 204), StubReply(status: 200, body: "<html>"), StubReply(status: 201, body: "{"),
            StubReply(body: String(repeating: "x", count: 10_000)),
        ] {
            var setup = Client.Setup()
            setup.limits.singleBytes = 1_000
            try await Client.serving(setup) { _ in
                reply
            } _: { client in
                try await client.notebooks.stop(client.stopOrder())
                #expect(client.stub.requests.count == 1)
            }
        }
    }

    @Test(arguments: ["", "[]", "<html>", #"{"id":"other"}"#, #"{"name":"x"}"#, #"{"id":"#])
    func `a reply that is not the notebook asked for is unintelligible`(_ body: String) async throws {
        try await Client.serving { _ in
            StubReply(body: body)
        } _: { client in
            let failure = await caught { () async throws(ServiceFailure) in
                try await client.notebooks.notebook(Sample.id)
            }
            #expect(failure?.kind == .unintelligible)
            #expect(failure?.description.hasPrefix("reading notebook \(Sample.id): ") == true)
        }
    }

    @Test(arguments: ["../x", "a/b", "", "a?b", "..", "ä"])
    func `an id that would change the address is never sent`(_ id: String) async throws {
        try await Client.serving { _ in
            StubReply()
        } _: { client in
            let failure = await caught { () async throws(ServiceFailure) in
                try await client.notebooks.stop(client.stopOrder(NotebookID(id)))
            }
            #expect(failure?.kind == .rejected)
            #expect(client.stub.requests.isEmpty)
        }
    }

    @Test(arguments: [false, true])
    func `a page or a notebook beyond the limit is not read, be its length told or not`(
        _ isChunked: Bool
    ) async throws {
        var setup = Client.Setup()
        setup.limits.pageBytes = 2_000
        setup.limits.singleBytes = 1_500
        let page = #"{"total":0,"data":[]}"#
        let padding = String(repeating: " ", count: 2_000)
        try await Client.serving(setup) { request in
            StubReply(
                body: request.path.hasSuffix("/all") ? page + padding : Sample.fullNotebook + padding,
                isChunked: isChunked
            )
        } _: { client in
            #expect(await client.listed().failure?.kind == .unintelligible)
            let single = await caught { () async throws(ServiceFailure) in
                try await client.notebooks.notebook(Sample.id)
            }
            #expect(single?.kind == .unintelligible)
            #expect(single?.explanation.contains("larger") == true)
        }
    }

    @Test func `a connection that breaks after a mutation was sent leaves the outcome unknown`() async throws {
        try await Client.serving { _ in
            StubReply(body: "{", breaksOff: true)
        } _: { client in
            let stop = await caught { () async throws(ServiceFailure) in
                try await client.notebooks.stop(client.stopOrder())
            }
            #expect(stop?.kind == .outcomeUnknown)
            #expect(client.stub.requests.count == 1)
            let read = await caught { () async throws(ServiceFailure) in
                try await client.notebooks.notebook(Sample.id)
            }
            #expect(read?.kind == .transient)
            #expect(client.stub.requests.count == 4)
        }
    }

    @Test func `a server that never answers is given up, and a mutation's outcome is unknown`() async throws {
        var setup = Client.Setup()
        setup.limits.timeout = .seconds(1)
        let release = Signal()
        try await Client.serving(setup) { _ in
            await release.wait()
            return StubReply()
        } _: { client in
            let stop = await caught { () async throws(ServiceFailure) in
                try await client.notebooks.stop(client.stopOrder())
            }
            #expect(stop?.kind == .outcomeUnknown)
            let read = await caught { () async throws(ServiceFailure) in
                try await client.notebooks.lease(of: Sample.id)
            }
            #expect(read?.kind == .transient)
            release.fire()
        }
    }

    @Test func `a mutation that could not be sent is known not to have happened`() async throws {
        let port = try await CloudStub.serving { _ in
            StubReply()
        } _: { stub in
            stub.port
        }
        let http = try ModelArtsHTTP.makeClient()
        let log = KeepingLog.Lines()
        let notebooks = try ModelArtsNotebooks(
            settings: ServiceSettings(endpoint: "http://127.0.0.1:\(port)", projectID: Sample.project),
            credentials: Sample.keys,
            http: http,
            time: ManualTime(),
            logger: .init(label: "t") { _ in KeepingLog(lines: log) },
            jitter: { 0.5 }
        )
        let stop = await caught { () async throws(ServiceFailure) in
            try await notebooks.stop(
                StopOrder(notebook: Sample.id, validity: OrderValidity(verifiedAt: ManualTime.start))
            )
        }
        #expect(stop?.kind == .transient, "\(stop?.description ?? "")")
        try await http.shutdown()
    }

    @Test func `a redirect is not followed`() async throws {
        try await Client.serving { request in
            request.path == "/elsewhere"
                ? StubReply(body: Sample.fullNotebook)
                : StubReply(status: 302, headers: [("location", "/elsewhere")])
        } _: { client in
            let failure = await caught { () async throws(ServiceFailure) in
                try await client.notebooks.notebook(Sample.id)
            }
            #expect(failure?.kind == .unintelligible)
            #expect(client.stub.requests.count == 1)
        }
    }

    @Test func `cancelling a call ends it`() async throws {
        let arrived = Signal()
        let release = Signal()
        try await Client.serving { _ in
            arrived.fire()
            await release.wait()
            return StubReply()
        } _: { client in
            let notebooks = client.notebooks
            let failure = await withTaskGroup(of: ServiceFailure?.self) { group in
                group.addTask {
                    await caught { () async throws(ServiceFailure) in try await notebooks.notebook(Sample.id) }
                }
                await arrived.wait()
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(failure?.kind == .transient)
            #expect(client.stub.requests.count == 1)
            release.fire()
        }
    }
}
