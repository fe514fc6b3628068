// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import AsyncHTTPClient
package import CurfewCore
package import CurfewEngine
package import Logging

/// The notebooks of one ModelArts project, over its REST API.
///
/// One value holds the limits that all its requests share: the authentication gate, the pause that a 429 asks for, and
/// the credentials in force; so there is one per set of credentials in a process.
package struct ModelArtsNotebooks: NotebookService {
    private let settings: ServiceSettings
    private let pipeline: RequestPipeline

    /// Signs requests to other services of the same cloud.
    package var signer: ServiceSigner {
        ServiceSigner(settings: settings, requests: pipeline.requests, identities: pipeline.identities)
    }

    /// Builds the client; no request goes out yet.
    ///
    /// `jitter` gives numbers in 0..<1 that spread the retries of many clients. The HTTP client stays the caller's to
    /// shut down. Throws when an address would carry credentials in the clear, or when the credentials are not of the
    /// kind that the settings name.
    package init(
        settings: ServiceSettings,
        credentials: ModelArtsCredentials,
        http: HTTPClient,
        time: any TimeSource,
        logger: Logger,
        jitter: @escaping @Sendable () -> Double
    ) throws(SetupError) {
        try self.init(
            settings: settings,
            credentials: credentials,
            http: http,
            time: time,
            logger: logger,
            jitter: jitter,
            limits: RequestLimits()
        )
    }

    /// The same with limits of its own, so that tests need not wait for the real ones.
    init(
        settings: ServiceSettings,
        credentials: ModelArtsCredentials,
        http: HTTPClient,
        time: any TimeSource,
        logger: Logger,
        jitter: @escaping @Sendable () -> Double,
        limits: RequestLimits
    ) throws(SetupError) {
        let exchange = HTTPExchange(http: http)
        let requests = GuardedExchange(
            exchange: exchange,
            gate: AuthenticationGate(time: time, logger: logger),
            pause: ClientPause(),
            time: time,
            logger: logger,
            credentials: CredentialHint(settings.credentials),
            schedule: RetrySchedule(),
            timeout: limits.timeout
        )
        self.settings = settings
        self.pipeline = RequestPipeline(
            requests: requests,
            identities: try IdentitySource(credentials, settings: settings, requests: requests, limits: limits),
            form: RequestForm(
                address: try ServiceAddress(settings.endpoint, setting: "service.endpoint"),
                projectID: settings.projectID
            ),
            secrets: credentials.secrets,
            limits: limits,
            jitter: jitter
        )
    }

    package func list(_ handOver: @Sendable ([Notebook]) async -> Void) async throws(ServiceFailure) {
        let listing = Listing(pageLimit: pipeline.limits.pages) { [settings, pipeline] offset throws(ServiceFailure) in
            let call = APICall.list(settings, offset: offset)
            let outcome = try await pipeline.run(call)
            guard var page = PageReply(outcome.body) else {
                throw .unintelligible(call.operation, "the reply is no list of notebooks", 200)
            }
            if page.notebooks.count < page.records {
                pipeline.requests.logger.warning(
                    "notebooks without a usable id are passed over",
                    metadata: [
                        "message.id": "\(MessageID.recordsPassedOver.rawValue)", "list.offset": "\(offset)",
                        "list.count": "\(page.records - page.notebooks.count)",
                    ]
                )
            }
            page.notebooks = page.notebooks.map(outcome.clock.byOurs)
            return page
        }
        try await listing.run(handOver)
    }

    package func notebook(_ id: NotebookID) async throws(ServiceFailure) -> Notebook {
        let call = APICall.show(try usable(id, for: .show(id)), project: settings.projectID)
        let outcome = try await pipeline.run(call)
        guard let notebook = Self.whole(outcome.body, NotebookReply.read), notebook.id == id else {
            throw .unintelligible(call.operation, "the reply is not this notebook", 200)
        }
        return outcome.clock.byOurs(notebook)
    }

    package func lease(of id: NotebookID) async throws(ServiceFailure) -> LeaseReading {
        let call = APICall.showLease(try usable(id, for: .showLease(id)), project: settings.projectID)
        let outcome = try await pipeline.run(call)
        guard let lease = Self.whole(outcome.body, LeaseReply.read) else {
            throw .unintelligible(call.operation, "the reply is no lease", 200)
        }
        return outcome.clock.byOurs(lease)
    }

    package func renewLease(_ order: RenewalOrder) async throws(ServiceFailure) {
        let id = try usable(order.notebook, for: .renew(order.notebook))
        guard order.kind == .timing || order.kind == .idle else {
            throw ServiceFailure(
                .rejected,
                doing: Operation.renew(id).doing,
                explanation: "the lease is of a type that no document knows, so it is not set"
            )
        }
        _ = try await pipeline.run(.renew(order, project: settings.projectID))
    }

    package func stop(_ order: StopOrder) async throws(ServiceFailure) {
        _ = try usable(order.notebook, for: .stop(order.notebook))
        _ = try await pipeline.run(.stop(order, project: settings.projectID))
    }

    /// Reads a body that consists of one value and nothing else; nil when it does not.
    private static func whole<Value>(
        _ body: [UInt8],
        _ read: (inout JSONReader) throws(JSONSyntaxError) -> Value?
    ) -> Value? {
        var reader = JSONReader(body)
        do throws(JSONSyntaxError) {
            let value = try read(&reader)
            try reader.finish()
            return value
        } catch {
            return nil
        }
    }

    /// The id, when it can stand in an address without changing where that leads.
    private func usable(_ id: NotebookID, for operation: Operation) throws(ServiceFailure) -> NotebookID {
        guard id.isUsable else {
            throw ServiceFailure(
                .rejected,
                doing: operation.doing,
                explanation: "this is no id of a notebook; nothing was sent"
            )
        }
        return id
    }
}
