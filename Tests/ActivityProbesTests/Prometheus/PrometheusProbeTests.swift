// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import CurfewCore
import CurfewEngine
import Hummingbird
import Synchronization
import Testing

@Suite("Asking a metrics service", .timeLimit(.minutes(20)))
struct PrometheusProbeTests {
    private static let budget = Duration.seconds(1_200)

    /// What the probe says of the notebook `1111` when both queries are answered so; `⟨now⟩` stands for the time.
    private func look(
        whole: String,
        recent: String,
        access: PrometheusAccess = .open,
        seen: (OddServer) -> Void = { _ in }
    ) async throws -> Observation {
        let time = SettableTime()
        let now = "\(Double(time.now.milliseconds) / 1_000)"
        return try await withClient { client in
            try await withServer(
                { request in
                    let text = request.query?.contains("1500s") == true ? whole : recent
                    return .json(
                        text.split(separator: "⟨now⟩", omittingEmptySubsequences: false).joined(separator: now)
                    )
                },
                running: { server in
                    let probe = PrometheusProbe(
                        name: EvidenceName("accelerator"),
                        settings: Self.settings(port: server.port),
                        access: access,
                        client: client,
                        time: time
                    )
                    let look = await probe.observe(server.notebook(), budget: Self.budget)
                    seen(server)
                    return look
                }
            )
        }
    }

    private static func settings(port: Int) -> PrometheusSettings {
        PrometheusSettings(
            endpoint: "http://127.0.0.1:\(port)/base",
            query: "max_over_time(use[{window}])",
            notebookLabel: "id",
            activeAbove: 1,
            timeout: patience
        )
    }

    private static func vector(_ samples: String, more: String = "") -> String {
        #"{"status":"success","data":{"resultType":"vector","result":[\#(samples)]}\#(more)}"#
    }

    private static func sample(_ value: String, id: String = "1111", at instant: String = "⟨now⟩") -> String {
        #"{"metric":{"id":"\#(id)","gpu":"0"},"value":[\#(instant),"\#(value)"]}"#
    }

    @Test func `one query over the window and one over the youngest samples tell about the whole fleet`() async throws {
        let queries = Mutex<[String]>([])
        let idle = Self.vector(Self.sample("1"))
        let look = try await look(whole: idle, recent: idle) { server in
            queries.withLock { $0 = server.requests.map { "\($0.path) \($0.query ?? "")" } }
        }
        let at = look.observedAt
        #expect(look.activity == .idle(since: at - .seconds(1_500)))
        #expect(look.span == ObservedSpan(from: at - .seconds(1_500), completeUntil: at - .seconds(300)))
        #expect(
            queries.withLock(\.self) == [
                "/base/api/v1/query query=max_over_time%28use%5B300s%5D%29",
                "/base/api/v1/query query=max_over_time%28use%5B1500s%5D%29",
            ]
        )
    }

    @Test func `a value above the bound is use, of whichever series of the notebook`() async throws {
        let busy = Self.vector([Self.sample("0"), Self.sample("1.01"), Self.sample("NaN")].joined(separator: ","))
        let look = try await look(whole: busy, recent: Self.vector(Self.sample("0")))
        #expect(look.activity == .active)
        #expect(look.signals.load == 1.01)
    }

    struct Odd: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let whole: String
        let recent: String
        var why = ""
    }

    static let odd: [Odd] = {
        let idle = vector(sample("0"))
        return [
            Odd(testDescription: "no series", whole: vector(""), recent: vector(""), why: "no series has"),
            Odd(
                testDescription: "a series of another notebook",
                whole: vector(sample("0", id: "2")),
                recent: vector(sample("0", id: "2")),
                why: "no series has"
            ),
            Odd(
                testDescription: "a dead exporter",
                whole: vector(sample("7")),
                recent: vector(""),
                why: "older than 5min"
            ),
            Odd(testDescription: "NaN", whole: vector(sample("NaN")), recent: idle, why: "no number"),
            Odd(testDescription: "+Inf", whole: vector(sample("+Inf")), recent: idle, why: "no number"),
            Odd(testDescription: "no number at all", whole: vector(sample("lots")), recent: idle, why: "no number"),
            Odd(
                testDescription: "a histogram",
                whole: vector(#"{"metric":{"id":"1111"},"histogram":[1,{}]}"#),
                recent: idle,
                why: "no number"
            ),
            Odd(
                testDescription: "a matrix",
                whole: #"{"status":"success","data":{"resultType":"matrix","result":[]}}"#,
                recent: idle
            ),
            Odd(
                testDescription: "a warning",
                whole: vector(sample("0"), more: #","warnings":["partial"]"#),
                recent: idle
            ),
            Odd(testDescription: "no JSON", whole: "<html>", recent: idle),
            Odd(testDescription: "an answer of long ago", whole: vector(sample("0", at: "1000")), recent: idle),
            Odd(
                testDescription: "an answer of the future",
                whole: vector(sample("0", at: "99999999999")),
                recent: idle
            ),
        ]
    }()

    @Test("D1, D3, D4: whatever is no clear answer about the notebook is unknown", arguments: odd)
    func unknown(odd: Odd) async throws {
        let activity = try await look(whole: odd.whole, recent: odd.recent).activity
        guard case .unknown(let why) = activity else {
            Issue.record("\(activity)")
            return
        }
        #expect("\(why)".contains(odd.why), "\(why)")
    }

    @Test(
        "I11: the proof of who asks goes to the service, and into no text",
        arguments: [
            ("Bearer tok-5e3a91", PrometheusAccess.bearer(Secret("tok-5e3a91"))),
            ("Basic Y3VyZmV3OnB3LTVlM2E5MQ==", .basic(user: "curfew", password: Secret("pw-5e3a91"))),
        ]
    )
    func proof(header: String, access: PrometheusAccess) async throws {
        let seen = Mutex<[String?]>([])
        let look = try await look(whole: "no", recent: "no", access: access) { server in
            seen.withLock { $0 = server.requests.map { $0.headers["authorization"] } }
        }
        #expect(seen.withLock(\.self) == [header])
        #expect(!"\(look)".contains("5e3a91"))
    }

    @Test(
        "a refusal is told with its status",
        arguments: [
            (HTTPResponse.Status.unauthorized, "refused"), (.forbidden, "refused"), (.badRequest, "unintelligible"),
            (.tooManyRequests, "unreachable"), (.internalServerError, "unreachable"), (.found, "refused"),
        ]
    )
    func refusal(status: HTTPResponse.Status, kind: String) async throws {
        let answer: OddServer.Answer = { _ in .json(#"{"errorType":"bad_data","error":"secret"}"#, status: status) }
        try await withProbe(answer) {
            probe,
            server in
            let activity = await probe.observe(server.notebook(), budget: Self.budget).activity
            #expect(activity.unknownKind == kind)
            #expect("\(activity)".contains("HTTP \(status.code), bad_data") && !"\(activity)".contains("secret"))
            #expect(server.requests.count == 1)
        }
    }

    @Test func `I12: after three refusals in a row nothing is asked for six minutes`() async throws {
        let time = SettableTime()
        let answer: OddServer.Answer = { _ in .status(.unauthorized) }
        try await withProbe(time: time, answer) { probe, server in
            for _ in 0..<10 { _ = await probe.observe(server.notebook(), budget: Self.budget) }
            #expect(server.requests.count == 3)
            time.move(by: .seconds(361))
            _ = await probe.observe(server.notebook(), budget: Self.budget)
            #expect(server.requests.count == 4)
        }
    }

    @Test func `I2: many who ask at once share a question that begins after they asked`() async throws {
        let answer: OddServer.Answer = { _ in .json(Self.vector("")) }
        try await withProbe(answer) { probe, server in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask { _ = await probe.observe(server.notebook(), budget: Self.budget) }
                }
            }
            // Each round takes two queries; a few rounds may begin before all tasks do.
            #expect(server.requests.count < 100)
            let before = server.requests.count
            _ = await probe.observe(server.notebook(), budget: Self.budget)
            #expect(server.requests.count == before + 2)
        }
    }

    @Test func `I10: a service that hangs is given up in time`() async throws {
        let answer: OddServer.Answer = { _ in try await never() }
        try await withProbe(timeout: .milliseconds(50), answer) { probe, server in
            let activity = await probe.observe(server.notebook(), budget: Self.budget).activity
            #expect(activity.unknownKind == "unreachable")
        }
    }

    private func withProbe(
        timeout: Duration = patience,
        time: any TimeSource = SettableTime(),
        _ answer: @escaping OddServer.Answer,
        _ body: (PrometheusProbe, OddServer) async throws -> Void
    ) async throws {
        try await withClient { client in
            try await withServer(
                answer,
                running: { server in
                    var settings = Self.settings(port: server.port)
                    settings.timeout = timeout
                    let probe = PrometheusProbe(
                        name: EvidenceName("accelerator"),
                        settings: settings,
                        access: .open,
                        client: client,
                        time: time
                    )
                    try await body(probe, server)
                }
            )
        }
    }
}
