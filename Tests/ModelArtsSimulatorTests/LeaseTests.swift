// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ModelArtsSimulator

@Suite struct LeaseTests {
    private let owner = NotebookOwner(name: "alice")

    @Test func `the arithmetic reproduces the published captures`() throws {
        let created: Int64 = 1_687_656_452_470
        var settings = CloudSettings()
        settings.startDelay = 27_372
        var model = CloudModel(settings: settings)
        let request = NotebookRequest(name: "captured", flavor: "modelarts.vm.cpu.2u", imageID: "image")
        let id = try model.create(request, owner: owner, now: created).id
        let lease = { (model: inout CloudModel, now: Int64) throws in
            model.advance(to: now)
            return try model.lease(of: id, now: now)
        }

        var seen = try lease(&model, created)
        #expect((seen.duration, seen.updatedAt) == (3_600_000, 1_687_656_452_470))
        seen = try lease(&model, 1_687_656_480_000)
        #expect((seen.duration, seen.updatedAt) == (3_627_372, 1_687_656_479_842))
        let body = LeaseRequest(duration: 3_600_000)
        seen = try model.renew(id, queryDuration: nil, body: body, now: 1_687_657_510_014).lease
        #expect((seen.duration, seen.updatedAt) == (4_657_544, 1_687_657_510_014))
        seen = try model.stop(id, now: 1_687_659_052_284).lease
        #expect((seen.duration, seen.updatedAt) == (6_199_814, 1_687_659_052_284))
        seen = try model.start(id, now: 1_687_659_392_569).lease
        #expect((seen.duration, seen.updatedAt) == (6_540_099, 1_687_659_392_569))
    }

    @Test func `prolonging sets the remaining time and can shorten it`() throws {
        let bench = CloudBench([runningNotebook { $0.lease = 10 * Moment.hour }])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        bench.clock.advance(by: 10 * Moment.minute)
        let answer = bench.send("PATCH", "/notebooks/\(id)/lease", body: #"{"duration": 3600000, "type": "TIMING"}"#)
        #expect(answer.status == 200)
        #expect(bench.cloud.notebook(id)?.lease.expiresAt == bench.clock.now + Moment.hour)
        #expect(try answer.object["duration"] as? Int == 4_200_000)
    }

    @Test func `a duration in the query wins over the body and makes the lease TIMING`() throws {
        let bench = CloudBench([runningNotebook()])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        let body = #"{"duration": 3600000, "type": "IDLE"}"#
        #expect(bench.send("PATCH", "/notebooks/\(id)/lease?duration=7200000", body: body).status == 200)
        let lease = try #require(bench.cloud.notebook(id)?.lease)
        #expect(lease.type == .timing)
        #expect(lease.expiresAt == bench.clock.now + 2 * Moment.hour)
    }

    @Test(arguments: ["", "{}", #"{"type": "TIMING"}"#])
    func `without a duration the lease becomes one hour`(body: String) throws {
        let bench = CloudBench([runningNotebook { $0.lease = 10 * Moment.hour }])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        #expect(bench.send("PATCH", "/notebooks/\(id)/lease", body: body).status == 200)
        #expect(bench.cloud.notebook(id)?.lease.expiresAt == bench.clock.now + Moment.hour)
    }

    @Test(arguments: [3_599_999, 259_200_001, -1, 0])
    func `a length outside one to seventy-two hours is refused`(duration: Int) throws {
        let bench = CloudBench([runningNotebook()])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        let answer = bench.send("PATCH", "/notebooks/\(id)/lease", body: "{\"duration\": \(duration)}")
        #expect((answer.status, answer.errorCode) == (400, "ModelArts.6349"))
        #expect(bench.send("PATCH", "/notebooks/\(id)/lease?duration=\(duration)").errorCode == "ModelArts.6349")
    }

    @Test func `the type may be written in lower case`() throws {
        let bench = CloudBench([runningNotebook()])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        #expect(bench.send("PATCH", "/notebooks/\(id)/lease", body: #"{"type": "idle"}"#).status == 200)
        #expect(bench.cloud.notebook(id)?.lease.type == .idle)
        #expect(
            bench.send("PATCH", "/notebooks/\(id)/lease", body: #"{"type": "never"}"#).errorCode == "ModelArts.6400"
        )
    }

    @Test func `a renewal can answer without a body or with an echo`() throws {
        let bench = CloudBench([runningNotebook()])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        bench.clock.advance(by: 20 * Moment.minute)
        bench.cloud.configure { $0.renewReply = .noContent }
        let silent = bench.send("PATCH", "/notebooks/\(id)/lease?duration=7200000")
        #expect((silent.status, silent.body) == (204, []))
        bench.cloud.configure { $0.renewReply = .echo }
        let echo = bench.send("PATCH", "/notebooks/\(id)/lease?duration=7200000")
        #expect(try echo.object["duration"] as? Int == 7_200_000)
        #expect(bench.cloud.notebook(id)?.lease.duration == 7_200_000 + 20 * Moment.minute)
    }

    @Test func `a lease disabled by a start ends never, and a renewal enables it`() throws {
        let bench = CloudBench([runningNotebook { $0.status = .stopped }])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        #expect(bench.send("POST", "/notebooks/\(id)/start?duration=-1").status == 200)
        bench.clock.advance(by: 1000 * Moment.hour)
        let lease = try #require(bench.cloud.notebook(id)?.lease)
        #expect((lease.isEnabled, lease.duration) == (false, -1))
        #expect(bench.cloud.notebook(id)?.status == .running)
        #expect(bench.send("PATCH", "/notebooks/\(id)/lease?duration=3600000").status == 200)
        #expect(bench.cloud.notebook(id)?.lease.isEnabled == true)
    }

    @Test func `a notebook can show its lease without type or not at all`() throws {
        let bench = CloudBench([runningNotebook { $0.leaseForm = .withoutType }])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        let shown = try #require(try bench.send("GET", "/notebooks/\(id)").object["lease"] as? [String: Any])
        #expect(shown.keys.sorted() == ["create_at", "duration", "enable", "update_at"])
        bench.cloud.change { model, now in model.setLeaseForm(.missing, of: id, now: now) }
        #expect(try bench.send("GET", "/notebooks/\(id)").object["lease"] == nil)
    }
}
