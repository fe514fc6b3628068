// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Synchronization
import TestSupport
import Testing

@testable import ModelArtsClient

/// A list of notebooks that answers pages like the API.
private final class LivingList: Sendable {
    private let state: Mutex<(ids: [Int], served: Int)>

    init(_ ids: [Int]) { state = Mutex((ids, 0)) }

    /// The page that was asked for; `change` alters the list before, by how many pages were served.
    func page(_ request: StubRequest, change: (Int, inout [Int]) -> Void = { _, _ in }) -> StubReply {
        let offset = Int(request.parameter("offset") ?? "") ?? 0
        let limit = Int(request.parameter("limit") ?? "") ?? 10
        return state.withLock { state in
            change(state.served, &state.ids)
            state.served += 1
            return StubReply(body: Sample.page(state.ids.dropFirst(offset).prefix(limit), total: state.ids.count))
        }
    }
}

@Suite(.timeLimit(.minutes(20))) struct ListingTests {
    private func ids(_ pages: [[Notebook]]) -> [String] { pages.flatMap { $0.map(\.id.text) } }

    @Test func `a short list takes one request, with the documented query`() async throws {
        try await Client.serving { _ in
            StubReply(body: Sample.page(0..<3, total: 3))
        } _: { client in
            let (pages, failure) = await client.listed()
            #expect(failure == nil)
            #expect(ids(pages) == ["nb0", "nb1", "nb2"])
            let request = try #require(client.stub.requests.first)
            #expect(client.stub.requests.count == 1)
            #expect(request.method == "GET")
            #expect(request.path == "/v1/\(Sample.project)/notebooks/all")
            #expect(request.query == "limit=50&offset=0")
        }
    }

    @Test func `the own scope and the workspace are asked for as configured`() async throws {
        var setup = Client.Setup()
        setup.scope = .own
        setup.workspaceID = "ws 1"
        try await Client.serving(setup) { _ in
            StubReply(body: Sample.page([], total: 0))
        } _: { client in
            let (pages, failure) = await client.listed()
            #expect(failure == nil)
            #expect(pages.isEmpty)
            let request = try #require(client.stub.requests.first)
            #expect(request.path == "/v1/\(Sample.project)/notebooks")
            #expect(request.query == "limit=50&offset=0&workspaceId=ws%201&workspace_id=ws%201")
        }
    }

    @Test func `a long list is read page by page, at most three at once, each notebook once`() async throws {
        let list = LivingList(Array(0..<420))
        try await Client.serving {
            list.page($0)
        } _: { client in
            let (pages, failure) = await client.listed()
            #expect(failure == nil)
            #expect(ids(pages).count == 420)
            #expect(Set(ids(pages)).count == 420)
            let offsets = client.stub.requests.compactMap { $0.parameter("offset") }.compactMap { Int($0) }
            #expect(offsets.first == 0)
            #expect(offsets.sorted() == Array(stride(from: 0, to: 420, by: 50)))
            #expect(client.stub.mostInFlight <= 3)
        }
    }

    @Test func `a total that grows while it is read brings another pass, which finds the new notebooks`() async throws {
        let list = LivingList(Array(0..<120))
        try await Client.serving { request in
            list.page(request) { served, ids in
                if served == 1 { ids = [1_000, 1_001] + ids }
            }
        } _: { client in
            let (pages, failure) = await client.listed()
            #expect(failure == nil)
            #expect(Set(ids(pages)) == Set((0..<120).map { "nb\($0)" } + ["nb1000", "nb1001"]))
            #expect(ids(pages).count == 122)
        }
    }

    @Test func `a notebook that slides past the reader because another was deleted is found`() async throws {
        let list = LivingList(Array(0..<150))
        try await Client.serving { request in
            list.page(request) { served, ids in
                if served == 1 { ids.removeFirst(5) }
            }
        } _: { client in
            let (pages, failure) = await client.listed()
            #expect(failure == nil)
            #expect(Set(ids(pages)).isSuperset(of: (5..<150).map { "nb\($0)" }))
            #expect(Set(ids(pages)).count == ids(pages).count)
        }
    }

    @Test func `a server with smaller pages of its own is followed`() async throws {
        try await Client.serving { request in
            let offset = Int(request.parameter("offset") ?? "") ?? 0
            return StubReply(body: Sample.page(offset..<min(offset + 20, 90), total: 90))
        } _: { client in
            let (pages, failure) = await client.listed()
            #expect(failure == nil)
            #expect(Set(ids(pages)).count == 90)
        }
    }

    @Test func `a page that comes short is followed by what it left out`() async throws {
        try await Client.serving { request in
            let offset = Int(request.parameter("offset") ?? "") ?? 0
            let size = offset == 50 ? 30 : 50
            return StubReply(body: Sample.page(offset..<min(offset + size, 200), total: 200))
        } _: { client in
            let (pages, failure) = await client.listed()
            #expect(failure == nil)
            #expect(Set(ids(pages)).count == 200)
        }
    }

    @Test func `without a total the list ends at the first short page`() async throws {
        try await Client.serving { request in
            let offset = Int(request.parameter("offset") ?? "") ?? 0
            return StubReply(body: Sample.page(offset..<min(offset + 50, 130), total: nil))
        } _: { client in
            let (pages, failure) = await client.listed()
            #expect(failure == nil)
            #expect(ids(pages).count == 130)
            #expect(client.stub.requests.count == 3)
        }
    }

    @Test func `a total that counts more than the list ever shows does not make every listing fail`() async throws {
        try await Client.serving { request in
            let offset = Int(request.parameter("offset") ?? "") ?? 0
            return StubReply(body: Sample.page(offset..<max(offset, min(offset + 50, 70)), total: 75))
        } _: { client in
            let (pages, failure) = await client.listed()
            #expect(failure == nil)
            #expect(ids(pages).count == 70)
            #expect(client.stub.requests.count < 12)
        }
    }

    @Test func `a list that never holds still is incomplete`() async throws {
        let counter = Counter()
        try await Client.serving { request in
            let number = counter.next()
            let first = (request.parameter("offset").flatMap { Int($0) } ?? 0) / 2 + number
            return StubReply(body: Sample.page(first..<first + 50, total: 900 + number))
        } _: { client in
            let (_, failure) = await client.listed()
            #expect(failure?.kind == .transient)
        }
    }

    @Test func `a wild total is bounded`() async throws {
        try await Client.serving { request in
            let offset = Int(request.parameter("offset") ?? "") ?? 0
            return StubReply(body: Sample.page(offset..<offset + 50, total: 1_000_000_000))
        } _: { client in
            let (_, failure) = await client.listed()
            #expect(failure?.kind == .unintelligible)
            #expect(client.stub.requests.count <= 10)
        } limits: {
            $0.pages = 8
        }
    }

    @Test(arguments: [500, 400])
    func `D9: an error on one page leaves the inventory incomplete, and the other pages are handed over`(
        _ status: Int
    ) async throws {
        let list = LivingList(Array(0..<200))
        try await Client.serving { request in
            request.parameter("offset") == "100" ? .error(status, "ModelArts.0010") : list.page(request)
        } _: { client in
            let (pages, failure) = await client.listed()
            #expect(failure?.status == status)
            #expect(failure?.doing == "listing notebooks (page at 100)")
            #expect(ids(pages).count >= 50)
            #expect(!ids(pages).contains("nb100"))
        }
    }

    @Test func `D9: a page in a form that nobody understands leaves the inventory incomplete`() async throws {
        let list = LivingList(Array(0..<120))
        try await Client.serving { request in
            request.parameter("offset") == "50" ? StubReply(body: "<html>") : list.page(request)
        } _: { client in
            let (pages, failure) = await client.listed()
            #expect(failure?.kind == .unintelligible)
            #expect(Set(ids(pages)) == Set((Array(0..<50) + Array(100..<120)).map { "nb\($0)" }))
        }
    }

    @Test func `a refusal that concerns all pages ends the listing at once`() async throws {
        let list = LivingList(Array(0..<2_000))
        try await Client.serving { request in
            request.parameter("offset") == "0" ? list.page(request) : .error(403, "ModelArts.0108")
        } _: { client in
            let (_, failure) = await client.listed()
            #expect(failure?.kind == .permission(action: "modelarts:notebook:listAllNotebooks"))
            #expect(client.stub.requests.count <= 4)
        }
    }

    @Test func `D13: notebooks without an id do not make the list look incomplete`() async throws {
        try await Client.serving { _ in
            StubReply(body: #"{"total":4,"data":[{"id":"a"},{"name":"x"},{"id":7},{"id":"b","status":[]}]}"#)
        } _: { client in
            let (pages, failure) = await client.listed()
            #expect(failure == nil)
            #expect(ids(pages) == ["a", "b"])
            #expect(client.log.all.contains("passed over"))
        }
    }
}

extension Client {
    /// The same with other limits.
    fileprivate static func serving(
        _ handler: @escaping CloudStub.Handler,
        _ body: (Client) async throws -> Void,
        limits change: (inout RequestLimits) -> Void
    ) async throws {
        var setup = Setup()
        change(&setup.limits)
        try await serving(setup, handler, body)
    }
}
