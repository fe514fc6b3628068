// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CurfewEngine
import Logging
import Synchronization
import TestSupport

@testable import CurfewCore
@testable import ModelArtsClient

/// What most tests need: a project, a key, a notebook.
enum Sample {
    static let project = "0123456789abcdef0123456789abcdef"
    static let id = NotebookID("11111111-2222-4333-8444-555555555555")
    static let keys = ModelArtsCredentials.accessKey(
        id: Secret("CANARYACCESSKEY"),
        secret: Secret("canary-secret-key"),
        securityToken: nil
    )

    static func notebook(_ id: String, status: String = "RUNNING") -> String {
        #"{"id":"\#(id)","name":"nb-\#(id)","status":"\#(status)"}"#
    }

    static func page(_ ids: some Sequence<Int>, total: Int?) -> String {
        let data = ids.map { notebook("nb\($0)") }.joined(separator: ",")
        return #"{"current":0,"pages":1,"size":50,\#(total.map { #""total":\#($0),"# } ?? "")"data":[\#(data)]}"#
    }
}

/// A log handler that keeps everything, to look for secrets.
struct KeepingLog: LogHandler {
    final class Lines: Sendable {
        private let state = Mutex<[String]>([])

        var all: String { state.withLock { $0.joined(separator: "\n") } }

        func append(_ line: String) { state.withLock { $0.append(line) } }
    }

    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.append("\(event.level) \(event.message) \(event.metadata ?? [:])")
    }
}

/// A client of a stub server, and everything around it that a test looks at.
struct Client {
    let stub: CloudStub
    let notebooks: ModelArtsNotebooks
    let time: ManualTime
    let log: KeepingLog.Lines

    /// What a test changes about the client.
    struct Setup {
        var time = ManualTime()
        var credentials = Sample.keys
        /// By the address of the stub.
        var settings: @Sendable (String) -> ServiceSettings.CredentialSettings = { _ in .accessKey }
        var project = Sample.project
        var scope = ServiceSettings.Scope.project
        var workspaceID: String?
        var limits = RequestLimits()
    }

    /// Runs a stub and a client of it for the time of `body`.
    static func serving(
        _ setup: Setup = Setup(),
        _ handler: @escaping CloudStub.Handler,
        _ body: (Client) async throws -> Void
    ) async throws {
        try await CloudStub.serving(handler) { stub in
            let http = try ModelArtsHTTP.makeClient()
            let lines = KeepingLog.Lines()
            let logger = Logger(label: "test") { _ in KeepingLog(lines: lines) }
            let settings = ServiceSettings(
                endpoint: stub.address,
                projectID: setup.project,
                scope: setup.scope,
                workspaceID: setup.workspaceID,
                credentials: setup.settings(stub.address)
            )
            do {
                let notebooks = try ModelArtsNotebooks(
                    settings: settings,
                    credentials: setup.credentials,
                    http: http,
                    time: setup.time,
                    logger: logger,
                    jitter: { 0.5 },
                    limits: setup.limits
                )
                try await body(Client(stub: stub, notebooks: notebooks, time: setup.time, log: lines))
            } catch {
                try await http.shutdown()
                throw error
            }
            try await http.shutdown()
        }
    }

    /// The permission to stop a notebook, given now.
    func stopOrder(_ id: NotebookID = Sample.id) -> StopOrder {
        StopOrder(notebook: id, validity: OrderValidity(verifiedAt: time.now))
    }

    /// The permission to renew the lease of a notebook, given now.
    func renewalOrder(_ duration: Duration, _ kind: Lease.Kind) -> RenewalOrder {
        RenewalOrder(
            notebook: Sample.id,
            duration: duration,
            kind: kind,
            validity: OrderValidity(verifiedAt: time.now)
        )
    }

    /// Lists everything; what was handed over, page by page, and the failure if there was one.
    func listed() async -> (pages: [[Notebook]], failure: ServiceFailure?) {
        let pages = Mutex<[[Notebook]]>([])
        do throws(ServiceFailure) {
            try await notebooks.list { page in pages.withLock { $0.append(page) } }
            return (pages.withLock { $0 }, nil)
        } catch {
            return (pages.withLock { $0 }, error)
        }
    }
}

/// The failure that a call ends with, nil when it ends well.
func caught<Value>(_ call: () async throws(ServiceFailure) -> Value) async -> ServiceFailure? {
    do throws(ServiceFailure) {
        _ = try await call()
        return nil
    } catch {
        return error
    }
}
