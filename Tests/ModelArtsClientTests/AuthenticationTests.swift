// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewEngine
import Synchronization
import TestSupport
import Testing

@testable import CurfewCore
@testable import ModelArtsClient

@Suite(.timeLimit(.minutes(20))) struct AuthenticationTests {
    /// Makes many calls of every kind at once, and returns how they failed.
    private func storm(_ client: Client, calls: Int = 40) async -> [ServiceFailure] {
        let notebooks = client.notebooks
        return await withTaskGroup(of: ServiceFailure?.self) { group in
            for number in 0..<calls {
                group.addTask {
                    await caught { () async throws(ServiceFailure) in
                        switch number % 4 {
                        case 0: try await notebooks.list { _ in }
                        case 1: _ = try await notebooks.notebook(Sample.id)
                        case 2: try await notebooks.stop(client.stopOrder())
                        default: _ = try await notebooks.lease(of: Sample.id)
                        }
                    }
                }
            }
            return await group.reduce(into: []) { if let failure = $1 { $0.append(failure) } }
        }
    }

    @Test func `I12 D23: a cloud that refuses everything sees three requests, and again none until six minutes passed`()
        async throws
    {
        var setup = Client.Setup()
        setup.time = ManualTime(isEager: false)
        try await Client.serving(setup) { _ in
            .error(401, "APIG.0301")
        } _: { client in
            for _ in 0..<3 {
                let failures = await storm(client)
                #expect(failures.count == 40)
                #expect(client.stub.requests.count == 3)
                for failure in failures where failure.kind != .authentication {
                    #expect(failure.kind == .authenticationPaused(until: ManualTime.start + .seconds(360)))
                }
            }
            setup.time.advance(by: .seconds(359))
            _ = await storm(client)
            #expect(client.stub.requests.count == 3)
            for round in 1...3 {
                setup.time.advance(by: .seconds(360))
                _ = await storm(client)
                #expect(client.stub.requests.count == 3 + round)
            }
            #expect(client.stub.mostInFlight <= 3)
            #expect(client.log.all.contains("credentials refused too often"))
        }
    }

    @Test func `after the pause one request goes at a time until one is accepted, then all`() async throws {
        var setup = Client.Setup()
        setup.time = ManualTime(isEager: false)
        let isFixed = Mutex(false)
        try await Client.serving(setup) { request in
            guard isFixed.withLock({ $0 }) else { return .error(401, "APIG.0301") }
            return StubReply(body: request.path.hasSuffix("all") ? Sample.page([], total: 0) : Sample.fullNotebook)
        } _: { client in
            _ = await storm(client)
            isFixed.withLock { $0 = true }
            setup.time.advance(by: .seconds(361))
            #expect(await storm(client).isEmpty)
            #expect(client.stub.requests.count == 43)
        }
    }

    @Test func `D23: requests in flight count against the limit before their refusals are known`() async throws {
        let release = Signal()
        let arrived = Counter()
        let three = Signal()
        try await Client.serving { _ in
            if arrived.next() == 3 {
                three.fire()
            }
            await release.wait()
            return .error(401, "APIG.0301")
        } _: { client in
            async let failures = storm(client)
            await three.wait()
            #expect(client.stub.requests.count == 3)
            release.fire()
            #expect(await failures.count == 40)
            #expect(client.stub.requests.count == 3)
        }
    }

    @Test func `other failures neither close the gate nor open it`() async throws {
        let number = Counter()
        try await Client.serving { _ in
            // Refused, then a gateway that looks at nothing, and so on.
            number.next() % 2 == 1 ? .error(401, "APIG.0301") : .error(502, "APIG.0202")
        } _: { client in
            for _ in 0..<10 {
                _ = await caught { () async throws(ServiceFailure) in
                    try await client.notebooks.stop(client.stopOrder())
                }
            }
            #expect(client.stub.requests.count == 5)
        }
    }

    @Test func `a refused permission is no wrong credential`() async throws {
        try await Client.serving { _ in
            .error(403, "ModelArts.0108")
        } _: { client in
            for _ in 0..<6 {
                let failure = await caught { () async throws(ServiceFailure) in
                    try await client.notebooks.stop(client.stopOrder())
                }
                #expect(failure?.kind == .permission(action: "modelarts:notebook:stop"))
            }
            #expect(client.stub.requests.count == 6)
        }
    }

    @Test func `a refused signature with a skewed clock says so`() async throws {
        try await Client.serving { _ in
            StubReply(status: 401, headers: [("date", "Thu, 01 Jan 2026 02:00:00 GMT")])
        } _: { client in
            let failure = await caught { () async throws(ServiceFailure) in
                try await client.notebooks.notebook(Sample.id)
            }
            #expect(failure?.kind == .clockSkew(.seconds(-7_200)))
        }
    }

    @Test func `a call that waits at the gate and is cancelled gives its place to the next`() async throws {
        let release = Signal()
        let three = Signal()
        let arrived = Counter()
        try await Client.serving { _ in
            if arrived.next() == 3 {
                three.fire()
            }
            await release.wait()
            return StubReply(body: Sample.fullNotebook)
        } _: { client in
            let notebooks = client.notebooks
            async let first = storm(client, calls: 3)
            await three.wait()
            let cancelled = await withTaskGroup(of: ServiceFailure?.self) { group in
                group.addTask {
                    await caught { () async throws(ServiceFailure) in try await notebooks.notebook(Sample.id) }
                }
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(cancelled?.kind == .transient)
            release.fire()
            _ = await first
            let notebook = try await notebooks.notebook(Sample.id)
            #expect(notebook.id == Sample.id)
        }
    }
}
