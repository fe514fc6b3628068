// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ModelArtsSimulator

@Suite struct LifecycleTests {
    @Test func `a stop takes its time and is recorded with its cause`() throws {
        let bench = CloudBench([runningNotebook()])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        let answer = bench.send("POST", "/notebooks/\(id)/stop")
        #expect(try answer.object["status"] as? String == "STOPPING")
        bench.clock.advance(by: 149 * Moment.second)
        #expect(bench.cloud.notebook(id)?.status == .stopping)
        bench.clock.advance(by: Moment.second)
        #expect(bench.cloud.notebook(id)?.status == .stopped)
        let stopped = Moment.morning + 150 * Moment.second
        #expect(
            bench.cloud.events == [
                CloudEvent(at: Moment.morning, notebook: id, from: .running, to: .stopping, cause: .api),
                CloudEvent(at: stopped, notebook: id, from: .stopping, to: .stopped, cause: .api),
            ]
        )
    }

    @Test func `a stopped notebook shows a lease that ends in the future`() throws {
        let bench = CloudBench([runningNotebook()])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        bench.clock.advance(by: 50 * Moment.minute)
        #expect(bench.send("POST", "/notebooks/\(id)/stop").status == 200)
        #expect(bench.cloud.notebook(id)?.lease.expiresAt == bench.clock.now + Moment.hour)
        bench.clock.advance(by: 3 * Moment.hour)
        #expect(bench.cloud.notebook(id)?.status == .stopped)
    }

    @Test func `the platform stops a notebook whose lease ran out`() throws {
        let bench = CloudBench([runningNotebook()])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        bench.clock.advance(by: Moment.hour - 1)
        #expect(bench.cloud.notebook(id)?.status == .running)
        bench.clock.advance(by: 5 * Moment.hour)
        #expect(bench.cloud.notebook(id)?.status == .stopped)
        #expect(bench.cloud.events.first?.cause == .leaseExpired)
        #expect(bench.cloud.events.first?.at == Moment.morning + Moment.hour)
    }

    @Test func `the platform can be late`() throws {
        var settings = CloudSettings()
        settings.autoStopLateness = 5 * Moment.minute
        let bench = CloudBench([runningNotebook()], settings: settings)
        bench.clock.advance(by: Moment.hour + 5 * Moment.minute - 1)
        #expect(bench.cloud.events.isEmpty)
        bench.clock.advance(by: 1)
        #expect(bench.cloud.events.first?.to == .stopping)
    }

    @Test func `an idle lease waits for idleness, not for an instant`() throws {
        let leaves = Moment.morning + 5 * Moment.hour
        let bench = CloudBench([
            runningNotebook {
                $0.leaseType = .idle
                $0.behaviour = .goneHome(at: leaves)
            }
        ])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        bench.clock.advance(by: 4 * Moment.hour)
        #expect(bench.cloud.notebook(id)?.status == .running)
        bench.clock.advance(by: 3 * Moment.hour)
        let event = try #require(bench.cloud.events.first)
        #expect(event.cause == .idleLease)
        // The last cells ended at 12:52, two minutes after they began.
        #expect(event.at == leaves - 8 * Moment.minute + Moment.hour)
    }

    @Test func `a silent training keeps an idle lease from ending`() throws {
        let bench = CloudBench([
            runningNotebook {
                $0.leaseType = .idle
                $0.behaviour = .silentTraining(from: Moment.morning, to: Moment.morning + 12 * Moment.hour)
            }
        ])
        bench.clock.advance(by: 20 * Moment.hour)
        #expect(bench.cloud.events.first?.at == Moment.morning + 13 * Moment.hour)
    }

    @Test func `the lease begins anew when a started notebook is RUNNING`() throws {
        let bench = CloudBench([runningNotebook { $0.status = .stopped }])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        let answer = bench.send("POST", "/notebooks/\(id)/start?duration=14400000&type=IDLE")
        #expect(try answer.object["status"] as? String == "STARTING")
        #expect(try answer.object["url"] == nil)
        bench.clock.advance(by: Moment.minute)
        let notebook = try #require(bench.cloud.notebook(id))
        #expect(notebook.status == .running)
        #expect(notebook.lease.updatedAt == Moment.morning + 27 * Moment.second)
        #expect(notebook.lease.type == .idle)
        #expect(notebook.lease.requested == 4 * Moment.hour)
    }

    @Test func `every start rotates the token`() throws {
        let bench = CloudBench([runningNotebook()])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        let first = bench.cloud.notebook(id)?.token
        #expect(bench.send("POST", "/notebooks/\(id)/stop").status == 200)
        bench.clock.advance(by: 10 * Moment.minute)
        #expect(bench.cloud.notebook(id)?.token == first)
        #expect(bench.send("POST", "/notebooks/\(id)/start").status == 200)
        #expect(bench.cloud.notebook(id)?.token != first)
    }

    @Test func `refusals depend on the status`() throws {
        let statuses: [(NotebookStatus, stop: String?, renew: String?, start: String?, delete: String?)] = [
            (.running, nil, nil, "6305", "6304"),
            (.stopping, "6308", "6327", "6308", "6308"),
            (.stopped, "6307", "6327", nil, nil),
            (.starting, "6306", "6327", "6306", "6306"),
            (.creating, "6306", "6327", "6306", "6306"),
            (.snapshotting, "6357", "6347", "6357", "6357"),
            (.frozen, "6326", "6326", "6326", "6326"),
            (.error, "6357", "6327", "6357", nil),
        ]
        for (status, stop, renew, start, delete) in statuses {
            let requests = [
                ("POST", "stop", stop), ("PATCH", "lease", renew), ("POST", "start", start), ("DELETE", "", delete),
            ]
            for (method, action, code) in requests {
                let bench = CloudBench([runningNotebook { $0.status = status }])
                let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
                let answer = bench.send(method, action.isEmpty ? "/notebooks/\(id)" : "/notebooks/\(id)/\(action)")
                #expect(answer.status == (code == nil ? 200 : 400), "\(status) \(action)")
                #expect(answer.errorCode == code.map { "ModelArts." + $0 }, "\(status) \(action)")
            }
        }
    }

    @Test func `the code of a stop of a stopped notebook can be the other one`() throws {
        let bench = CloudBench([runningNotebook { $0.status = .stopped }])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        bench.cloud.configure { $0.alreadyStoppedCode = "ModelArts.6357" }
        #expect(bench.send("POST", "/notebooks/\(id)/stop").errorCode == "ModelArts.6357")
    }

    @Test func `a deleted notebook is gone after a while`() throws {
        let bench = CloudBench([runningNotebook { $0.status = .stopped }])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        #expect(try bench.send("DELETE", "/notebooks/\(id)").object["status"] as? String == "DELETING")
        bench.clock.advance(by: Moment.minute)
        let answer = bench.send("GET", "/notebooks/\(id)")
        #expect((answer.status, answer.errorCode) == (400, "ModelArts.6309"))
        #expect(try bench.send("GET", "/notebooks/all").object["total"] as? Int == 0)
    }

    @Test func `a snapshot returns to RUNNING`() throws {
        let bench = CloudBench([runningNotebook()])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        try bench.cloud.change { model, now in _ = try model.snapshot(id, now: now) }
        #expect(bench.cloud.notebook(id)?.status == .snapshotting)
        bench.clock.advance(by: 2 * Moment.minute)
        #expect(bench.cloud.notebook(id)?.status == .running)
    }

    @Test func `a user stops and starts in the console`() throws {
        let bench = CloudBench([runningNotebook()])
        let id = try #require(bench.cloud.notebook(named: "nb-a")?.id)
        try bench.cloud.perform(.stop, on: id)
        #expect(bench.cloud.events.map(\.cause) == [.user])
        #expect(throws: APIError.self) { try bench.cloud.perform(.stop, on: id) }
        bench.clock.advance(by: 10 * Moment.minute)
        try bench.cloud.perform(.start(lease: 4 * Moment.hour), on: id)
        bench.clock.advance(by: Moment.minute)
        #expect(bench.cloud.events.map(\.to) == [.stopping, .stopped, .starting, .running])
        #expect(bench.cloud.records.isEmpty)
    }
}
