// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import AsyncHTTPClient
import CurfewCore
import Logging
import ModelArtsClient
import Synchronization

/// What the cases of one run share: the corpus, two servers and the clients that talk to them.
final class Bench: Sendable {
    let corpus: Corpus
    let mutator: TreeMutator
    /// The cloud, or the notebook.
    let server: ReplyServer
    /// A server that nobody has any business with.
    let stranger: ReplyServer

    private let cloudHTTP: HTTPClient
    private let probeHTTP: HTTPClient

    static let project = "0123456789abcdef0123456789abcdef"

    private init(corpus: Corpus, server: ReplyServer, stranger: ReplyServer) throws {
        self.corpus = corpus
        self.server = server
        self.stranger = stranger
        mutator = TreeMutator(donors: corpus.trees)
        cloudHTTP = try ModelArtsHTTP.makeClient()
        probeHTTP = try ProbeHTTP.makeClient()
    }

    /// Runs `body` with a bench, and stops its servers afterwards.
    static func with<Result>(_ body: (Bench) async throws -> Result) async throws -> Result {
        let corpus = try Corpus()
        let (server, stranger) = (try await ReplyServer.start(), try await ReplyServer.start())
        let bench = try Bench(corpus: corpus, server: server, stranger: stranger)
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(bench))
        } catch {
            result = .failure(error)
        }
        try await bench.cloudHTTP.shutdown()
        try await bench.probeHTTP.shutdown()
        try await server.stop()
        try await stranger.stop()
        return try result.get()
    }

    /// Runs `body` with a client of the cloud that has asked for nothing yet.
    ///
    /// A head that is spoiled may leave a connection behind that breaks the next case, so it gets connections of its own.
    func withCloud<Result>(
        spoiledHead: Bool,
        _ credentials: ModelArtsCredentials,
        _ settings: ServiceSettings.CredentialSettings = .accessKey,
        _ body: (ModelArtsNotebooks, CaseTime, LogText) async throws -> Result
    ) async throws -> Result {
        let time = CaseTime()
        let log = LogText()
        return try await Self.with(spoiledHead ? try ModelArtsHTTP.makeClient() : nil, else: cloudHTTP) { http in
            let service = ServiceSettings(endpoint: server.address, projectID: Self.project, credentials: settings)
            let notebooks = try ModelArtsNotebooks(
                settings: service,
                credentials: credentials,
                http: http,
                time: time,
                logger: Logger(label: "fuzzing") { _ in log.handler },
                jitter: { 0.5 }
            )
            return try await body(notebooks, time, log)
        }
    }

    /// Runs `body` with a probe that has looked at nothing yet.
    func withProbe<Result>(
        spoiledHead: Bool,
        _ settings: JupyterSettings,
        _ body: (JupyterProbe) async throws -> Result
    ) async throws -> Result {
        try await Self.with(spoiledHead ? try ProbeHTTP.makeClient() : nil, else: probeHTTP) { http in
            try await body(JupyterProbe(name: Facts.source, settings: settings, client: http, time: CaseTime()))
        }
    }

    /// Runs `body` with a probe that has asked for no metrics yet.
    func withMetrics<Result>(
        spoiledHead: Bool,
        _ settings: PrometheusSettings,
        _ body: (PrometheusProbe) async throws -> Result
    ) async throws -> Result {
        try await Self.with(spoiledHead ? try ProbeHTTP.makeClient() : nil, else: probeHTTP) { http in
            let access = PrometheusAccess.bearer(Secret(JupyterFamily.token))
            let (name, time) = (EvidenceName("metrics"), CaseTime())
            return try await body(
                PrometheusProbe(name: name, settings: settings, access: access, client: http, time: time)
            )
        }
    }

    private static func with<Result>(
        _ fresh: HTTPClient?,
        else shared: HTTPClient,
        _ body: (HTTPClient) async throws -> Result
    ) async throws -> Result {
        guard let http = fresh else { return try await body(shared) }
        do {
            let result = try await body(http)
            try await http.shutdown()
            return result
        } catch {
            try await http.shutdown()
            throw error
        }
    }
}

/// Everything that a client logged, to look for secrets.
final class LogText: Sendable {
    private let lines = Mutex("")

    var all: String { lines.withLock { $0 } }
    var handler: any LogHandler { Handler(text: self) }

    private struct Handler: LogHandler {
        let text: LogText
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            text.lines.withLock { $0 += "\(event.message) \(event.metadata ?? [:])\n" }
        }
    }
}
