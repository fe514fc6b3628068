// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewEngine
import Synchronization
import TestSupport
import Testing

@testable import CurfewCore
@testable import ModelArtsClient

@Suite(.timeLimit(.minutes(20))) struct RetryTests {
    private func read(_ client: Client) async -> ServiceFailure? {
        await caught { () async throws(ServiceFailure) in try await client.notebooks.notebook(Sample.id) }
    }

    private func stop(_ client: Client) async -> ServiceFailure? {
        await caught { () async throws(ServiceFailure) in
            try await client.notebooks.stop(client.stopOrder())
        }
    }

    @Test func `a read is tried three times with growing pauses, a mutation once`() async throws {
        try await Client.serving { _ in
            .error(503, "APIG.0613")
        } _: { client in
            #expect(await read(client)?.kind == .transient)
            #expect(client.stub.requests.count == 3)
            #expect(client.time.spans == [.milliseconds(500), .milliseconds(1_000)])
            #expect(await stop(client)?.kind == .transient)
            #expect(client.stub.requests.count == 4)
        }
    }

    @Test func `a read that succeeds at last is a success`() async throws {
        let number = Counter()
        try await Client.serving { _ in
            number.next() < 3 ? .error(500, "ModelArts.0010") : StubReply(body: Sample.fullNotebook)
        } _: { client in
            #expect(await read(client) == nil)
            #expect(client.stub.requests.count == 3)
        }
    }

    @Test(arguments: [(400, "ModelArts.6309"), (400, "ModelArts.6333"), (403, "APIG.0302"), (404, "APIG.0101")])
    func `what a moment does not change is not tried again`(_ status: Int, _ code: String) async throws {
        try await Client.serving { _ in
            .error(status, code)
        } _: { client in
            #expect(await read(client) != nil)
            #expect(client.stub.requests.count == 1)
        }
    }

    @Test func `I2: an order that stood in the queue until its facts were old is not sent`() async throws {
        var setup = Client.Setup()
        setup.time = ManualTime(isEager: false)
        let (arrived, release, three) = (Counter(), Signal(), Signal())
        try await Client.serving(setup) { request in
            if arrived.next() == 3 { three.fire() }
            await release.wait()
            return StubReply(body: request.method == "POST" ? "" : Sample.fullNotebook)
        } _: { client in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<3 { group.addTask { _ = await read(client) } }
                await three.wait()
                let order = client.stopOrder()
                group.addTask {
                    let failure = await caught { () async throws(ServiceFailure) in
                        try await client.notebooks.stop(order)
                    }
                    #expect(failure?.kind == .lapsed)
                }
                client.time.advance(by: OrderValidity.span + .milliseconds(1))
                release.fire()
            }
            #expect(client.stub.requests.map(\.method) == ["GET", "GET", "GET"])
            #expect(await stop(client) == nil)
        }
    }

    @Test func `I2: an order that was given before the clock was set back is not sent`() async throws {
        try await Client.serving { _ in
            StubReply()
        } _: { client in
            let order = client.stopOrder()
            client.time.advance(by: .seconds(-60))
            let failure = await caught { () async throws(ServiceFailure) in try await client.notebooks.stop(order) }
            #expect(failure?.kind == .lapsed)
            #expect(client.stub.requests.isEmpty)
        }
    }

    @Test func `jitter spreads the pauses by half either way`() {
        let schedule = RetrySchedule()
        #expect(schedule.delay(after: 1, jitter: 0) == .milliseconds(250))
        #expect(schedule.delay(after: 1, jitter: 1) == .milliseconds(750))
        #expect(schedule.delay(after: 3, jitter: 0.5) == .milliseconds(2_000))
        #expect(schedule.delay(after: 1_000, jitter: 7) < .seconds(1_000))
    }

    @Test func `a short wait that the cloud asks for is waited out`() async throws {
        let number = Counter()
        try await Client.serving { _ in
            number.next() == 1
                ? StubReply(status: 429, headers: [("retry-after", "7")]) : StubReply(body: Sample.fullNotebook)
        } _: { client in
            #expect(await read(client) == nil)
            #expect(client.stub.requests.count == 2)
            #expect(client.time.now == ManualTime.start + .seconds(7))
        }
    }

    @Test func `a 429 silences the whole client until then`() async throws {
        var setup = Client.Setup()
        setup.time = ManualTime(isEager: false)
        let number = Counter()
        try await Client.serving(setup) { _ in
            number.next() == 1
                ? StubReply(status: 429, headers: [("retry-after", "60")]) : StubReply(body: Sample.fullNotebook)
        } _: { client in
            #expect(await stop(client)?.kind == .throttled(retryAfter: .seconds(60)))
            setup.time.advance(by: .seconds(20))
            #expect(await read(client)?.kind == .throttled(retryAfter: .seconds(40)))
            #expect(await stop(client)?.kind == .throttled(retryAfter: .seconds(40)))
            #expect(await client.listed().failure?.kind == .throttled(retryAfter: .seconds(40)))
            #expect(client.stub.requests.count == 1)
            setup.time.advance(by: .seconds(40))
            #expect(await stop(client) == nil)
            #expect(await read(client) == nil)
            #expect(client.stub.requests.count == 3)
        }
    }

    @Test func `a mutation does not wait out even a short pause, because its facts would be old`() async throws {
        var setup = Client.Setup()
        setup.time = ManualTime(isEager: false)
        try await Client.serving(setup) { _ in
            StubReply(status: 429, headers: [("retry-after", "5")])
        } _: { client in
            #expect(await stop(client)?.kind == .throttled(retryAfter: .seconds(5)))
            #expect(await stop(client)?.kind == .throttled(retryAfter: .seconds(5)))
            #expect(client.stub.requests.count == 1)
            #expect(setup.time.spans.isEmpty)
        }
    }

    @Test func `no reply can silence the client for more than an hour`() async throws {
        var setup = Client.Setup()
        setup.time = ManualTime(isEager: false)
        try await Client.serving(setup) { _ in
            StubReply(status: 429, headers: [("retry-after", "99999999")])
        } _: {
            client in
            _ = await stop(client)
            #expect(await stop(client)?.kind == .throttled(retryAfter: ClientPause.longest))
            setup.time.advance(by: ClientPause.longest)
            _ = await stop(client)
            #expect(client.stub.requests.count == 2)
        }
    }
}
