// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import ModelArtsSimulator

@Suite struct JupyterTests {
    private func bench(_ behaviour: Behaviour, gateway: CloudSettings.JupyterGateway = .acceptsHeader) -> CloudBench {
        var settings = CloudSettings()
        settings.jupyterGateway = gateway
        return CloudBench(
            [
                runningNotebook {
                    $0.behaviour = behaviour
                    $0.lease = 72 * Moment.hour
                }
            ],
            settings: settings
        )
    }

    private func get(
        _ bench: CloudBench,
        _ path: String,
        headers: [(name: String, value: String)]? = nil
    ) -> WireAnswer {
        let id = runningNotebook().id
        let token = bench.cloud.notebook(id)?.token ?? ""
        return bench.sendPlain(
            "GET",
            "/jupyter/\(id)/\(path)",
            headers: headers ?? [("Authorization", "token \(token)")]
        )
    }

    private func lastActivity(_ bench: CloudBench) throws -> String? {
        try get(bench, "api/status").object["last_activity"] as? String
    }

    @Test func `looking counts as activity, unless it says that it should not`() throws {
        let bench = bench(.idleSince(Moment.morning))
        bench.clock.advance(by: Moment.hour)
        let before = try lastActivity(bench)
        for path in ["api/kernels", "api/terminals"] {
            #expect(get(bench, path + "?no_track_activity=1").status == 200)
            #expect(try lastActivity(bench) == before)
        }
        #expect(get(bench, "api/kernels").status == 200)
        #expect(try lastActivity(bench) != before)
    }

    @Test func `a silent training is busy while its last activity stays, and idle at its end`() throws {
        let bench = bench(.silentTraining(from: Moment.morning, to: Moment.morning + 12 * Moment.hour))
        func kernel() throws -> [String: Any] {
            try #require(try get(bench, "api/kernels?no_track_activity=1").objects.first)
        }
        bench.clock.advance(by: Moment.hour)
        let first = try kernel()
        bench.clock.advance(by: 10 * Moment.hour)
        let second = try kernel()
        #expect(first["execution_state"] as? String == "busy")
        #expect(second["execution_state"] as? String == "busy")
        #expect(first["last_activity"] as? String == second["last_activity"] as? String)
        bench.clock.advance(by: 2 * Moment.hour)
        let third = try kernel()
        #expect(third["execution_state"] as? String == "idle")
        #expect(third["last_activity"] as? String == "2026-03-02T20:00:00.000000Z")
    }

    @Test func `an open tab is a connection without activity`() throws {
        let bench = bench(.openTab(since: Moment.morning))
        bench.clock.advance(by: 5 * Moment.hour)
        #expect(try get(bench, "api/status").object["connections"] as? Int == 1)
        #expect(try lastActivity(bench)?.hasPrefix("2026-03-02T08:0") == true)
    }

    @Test func `without a token, or with that of an earlier run, nothing is told`() throws {
        let bench = bench(.working)
        let old = try #require(bench.cloud.notebook(runningNotebook().id)?.token)
        for headers in [[], [(name: "Authorization", value: "token wrong")]] {
            let answer = get(bench, "api/status", headers: headers)
            #expect(answer.status == 403)
            #expect(try answer.object["message"] as? String == "Forbidden")
        }
        #expect(get(bench, "api", headers: []).status == 200)
        try bench.cloud.perform(.stop, on: runningNotebook().id)
        bench.clock.advance(by: 5 * Moment.minute)
        #expect(get(bench, "api/status").status == 404)
        try bench.cloud.perform(.start(lease: Moment.hour), on: runningNotebook().id)
        bench.clock.advance(by: 5 * Moment.minute)
        #expect(get(bench, "api/status", headers: [("Authorization", "token \(old)")]).status == 403)
        #expect(get(bench, "api/status").status == 200)
    }

    @Test func `a gateway that wants a cookie gives one to who opens the address with the token`() throws {
        let bench = bench(.working, gateway: .wantsCookie)
        #expect(get(bench, "api/status").status == 403)
        let token = try #require(bench.cloud.notebook(runningNotebook().id)?.token)
        let visit = get(bench, "lab?token=\(token)", headers: [])
        #expect(visit.status == 200)
        let cookie = try #require(visit.header("Set-Cookie")?.split(separator: ";").first.map(String.init))
        #expect(get(bench, "api/status", headers: [("Cookie", cookie)]).status == 200)
    }
}
