// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import AsyncHTTPClient
import CurfewCore
import CurfewEngine
import Foundation
import Hummingbird
import NIOCore
import TestSupport
import Testing

/// Asks a real Prometheus, which scrapes what the tests export.
@Suite("A real Prometheus", .serialized, .timeLimit(.minutes(20)))
struct RealPrometheusTests {
    private static let budget = Duration.seconds(1_200)
    private static let lines = [
        #"use{id="busy"} 80"#, #"use{id="idle"} 0"#, #"use{id="two",gpu="0"} 0"#, #"use{id="two",gpu="1"} 90"#,
        #"use{id="odd"} NaN"#,
    ]

    /// What a test asks, and how.
    private struct Question {
        var query = "max by (id) (max_over_time(use[{window}]))"
        /// Longer than a slow machine's scrapes are apart.
        var lag = Duration.seconds(60)
        var access = PrometheusAccess.open
        var time: any TimeSource = MachineTime()

        func probe(of url: String, _ client: HTTPClient) -> PrometheusProbe {
            PrometheusProbe(
                name: EvidenceName("accelerator"),
                settings: PrometheusSettings(
                    endpoint: url,
                    query: query,
                    notebookLabel: "id",
                    activeAbove: 1,
                    lag: lag,
                    timeout: patience
                ),
                access: access,
                client: client,
                time: time
            )
        }
    }

    private func withProbe(
        _ question: Question = Question(),
        _ body: (PrometheusProbe, RealPrometheus) async throws -> Void
    ) async throws {
        try await withClient { client in
            try await RealPrometheus.with(showing: Self.lines) { prometheus in
                try await body(question.probe(of: prometheus.url, client), prometheus)
            }
        }
    }

    private func look(_ probe: PrometheusProbe, _ id: String) async -> Observation {
        let notebook = Notebook(id: NotebookID(id), name: id, status: .running)
        return await probe.observe(notebook, budget: Self.budget)
    }

    /// Waits until the notebook is unknown for a reason that holds the text.
    private func isUnknown(_ probe: PrometheusProbe, _ id: String, because text: String) async -> Bool {
        await eventually { "\(await look(probe, id).activity)".contains(text) ? true : nil } ?? false
    }

    private func isActive(_ probe: PrometheusProbe) async -> Bool {
        await eventually { await look(probe, "busy").activity == .active ? true : nil } ?? false
    }

    @Test func `one question tells use, idleness and ignorance of a whole fleet apart`() async throws {
        try await withProbe { probe, prometheus in
            try #require(await isActive(probe))
            let view = try #require(await probe.survey(budgets: [Self.budget])[Self.budget])
            func activity(_ id: String) -> Activity { view.observation(of: NotebookID(id)).activity }
            #expect(activity("busy") == .active)
            #expect(activity("two") == .active)
            #expect(activity("idle") == .idle(since: view.observedAt - Self.budget - .seconds(60)))
            #expect("\(activity("odd"))".contains("no number"))
            #expect("\(activity("nobody"))".contains("no series has"))
            // Its use has ended, but not the window.
            prometheus.metrics.show([#"use{id="busy"} 0"#])
            _ = await eventually { prometheus.metrics.scrapes >= 3 ? true : nil }
            #expect(await look(probe, "busy").activity == .active)
        }
    }

    @Test func `D3: a series that ends, and an exporter that dies, are unknown while the window still has samples`()
        async throws
    {
        try await withProbe(Question(lag: .seconds(3))) { probe, prometheus in
            try #require(await isActive(probe))
            prometheus.metrics.show([#"use{id="idle"} 0"#])
            #expect(await isUnknown(probe, "busy", because: "older than 3s"))
            let rest = await eventually { () -> Activity? in
                let activity = await look(probe, "idle").activity
                return activity.unknownKind == nil ? activity : nil
            }
            #expect(rest != nil && rest != .active)
            prometheus.metrics.die()
            #expect(await isUnknown(probe, "idle", because: "older than 3s"))
        }
    }

    @Test(
        "D1: a query that the service does not take, or that gives no vector, is unknown",
        arguments: [
            ("max_over_time(use[{window}]", "HTTP 400, bad_data"),
            ("use + on() max_over_time(use[{window}])", "HTTP 422, execution"),
            (#"scalar(max_over_time(use{id="idle"}[{window}]))"#, "no vector of samples"),
            ("use[{window}]", "no vector of samples"),
            ("vector(0) + 0 * count(max_over_time(use[{window}]))", "no series has"),
        ]
    )
    func wrong(query: String, why: String) async throws {
        try await withProbe(Question(query: query)) { probe, _ in
            #expect(await isUnknown(probe, "idle", because: why))
        }
    }

    @Test(arguments: [3_600, -3_600])
    func `an answer by a clock that is an hour beside ours is unknown`(seconds: Int) async throws {
        let time = SettableTime()
        try await withProbe(Question(time: time)) { probe, _ in
            _ = await eventually { () -> Bool? in
                time.move(by: MachineTime().now - time.now)
                return await look(probe, "busy").activity == .active ? true : nil
            }
            time.move(by: .seconds(seconds))
            let activity = await look(probe, "idle").activity
            #expect("\(activity)".contains("compare the clocks"), "\(activity)")
        }
    }

    @Test func `a user with a password is let in, by TLS that a private authority vouches for`() async throws {
        try await withTemporaryFolder { folder in
            let authority = try await OwnAuthority(in: folder)
            // The hash (bcrypt) of the password below.
            let web = """
                tls_server_config: {cert_file: \(authority.certificate), key_file: \(authority.key)}
                basic_auth_users: {curfew: $2b$04$5Vp7/YKaGAwcTpcIh.P5g.JY8VeakQAI9SvcenJmolMZqSrfxc4AO}
                """
            let file = folder.appending(path: "web.yml")
            try Data(web.utf8).write(to: file)
            let password = Secret("canary-metrics-password")
            let good = Question(access: .basic(user: "curfew", password: password))
            let bad = Question(access: .basic(user: "curfew", password: Secret("canary-another")))
            try await RealPrometheus.with(showing: Self.lines, scheme: "https", web: file.path()) { prometheus in
                try await withClient(caFile: authority.certificate) { trusting in
                    try #require(await isActive(good.probe(of: prometheus.url, trusting)))
                    for question in [bad, Question()] {
                        let refused = await look(question.probe(of: prometheus.url, trusting), "busy").activity
                        #expect(refused.unknownKind == "refused")
                        #expect("\(refused)".contains("HTTP 401") && !"\(refused)".contains("canary"), "\(refused)")
                    }
                }
                try await withClient { doubting in
                    let doubted = await look(good.probe(of: prometheus.url, doubting), "busy").activity
                    #expect("\(doubted)".contains("no trusted TLS connection"), "\(doubted)")
                }
            }
        }
    }

    @Test func `a token opens a service behind a proxy that asks for it`() async throws {
        let token = "canary-metrics-token"
        try await withClient { client in
            try await RealPrometheus.with(showing: Self.lines) { prometheus in
                try await withServer(
                    { request in
                        guard request.headers["authorization"] == "Bearer \(token)" else {
                            return .status(.unauthorized)
                        }
                        let target = "\(prometheus.url)\(request.path)?\(request.query ?? "")"
                        let reply = try await client.execute(HTTPClientRequest(url: target), timeout: .minutes(4))
                        return .json(String(buffer: try await reply.body.collect(upTo: 1 << 20)))
                    },
                    running: { proxy in
                        let address = "http://127.0.0.1:\(proxy.port)"
                        let known = Question(access: .bearer(Secret(token))).probe(of: address, client)
                        #expect(await isActive(known))
                        let other = Question(access: .bearer(Secret("canary-another"))).probe(of: address, client)
                        let refused = await look(other, "busy").activity
                        #expect(refused.unknownKind == "refused", "\(refused)")
                    }
                )
            }
        }
    }
}
