// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CurfewCore
import CurfewEngine
import Logging
import NIOHTTP1

/// Carries one call out: identity, gate, signature, a second try with new credentials, retries of reads.
struct RequestPipeline: Sendable {
    let requests: GuardedExchange
    let identities: IdentitySource
    let form: RequestForm
    /// Secrets that hold for the whole life of the client, besides those of the identity in use.
    let secrets: [Secret]
    let limits: RequestLimits
    let jitter: @Sendable () -> Double

    /// A success: its body, and the clock of the service that sent it.
    struct Outcome {
        let body: [UInt8]
        let clock: CloudClock
    }

    /// Carries the call out and returns the reply; reads are tried a few times, mutations once.
    func run(_ call: APICall) async throws(ServiceFailure) -> Outcome {
        var failures = 0
        while true {
            let failure: ServiceFailure
            let asked: Duration?
            switch try await once(call) {
            case .reply(let reply):
                let clock = CloudClock(date: reply.headers.first(name: "date"), receivedAt: requests.time.now)
                return Outcome(body: try body(of: reply, call), clock: clock)
            case .silence(let transport):
                if transport.kind == .cancelled, !call.operation.isMutation {
                    throw .cancelled(doing: call.operation.doing)
                }
                failure = .noReply(transport, to: call.operation)
                asked = nil
            case .refusal(let report):
                failure = report.failure
                asked = report.retryAfter
            }
            failures += 1
            let delay = max(asked ?? .zero, requests.schedule.delay(after: failures, jitter: jitter()))
            if case .throttled = failure.kind { requests.pause.extend(for: delay, now: requests.time.now) }
            guard !call.operation.isMutation, failure.isWorthRetrying, failures < requests.schedule.tries,
                delay <= requests.schedule.longestWait
            else { throw failure }
            requests.logger.info(
                "trying again",
                metadata: [
                    "message.id": "\(MessageID.callRepeated.rawValue)", "error": "\(failure)",
                    "retry.number": "\(failures)",
                ]
            )
            try await requests.sleep(delay, doing: call.operation.doing)
        }
    }

    /// Sends the call, and once more when the credentials were refused and newer ones can be had.
    private func once(_ call: APICall) async throws(ServiceFailure) -> GuardedExchange.Answer {
        let doing = call.operation.doing
        let identity = try await identities.current(doing: doing)
        let answer = try await send(call, identity)
        guard case .refusal(let report) = answer, report.reply.status == 401 else { return answer }
        guard let fresh = try await identities.replacement(for: identity, doing: doing) else { return answer }
        return try await send(call, fresh)
    }

    private func send(_ call: APICall, _ identity: Identity) async throws(ServiceFailure) -> GuardedExchange.Answer {
        let isPage = call.operation.priority == .page
        return try await requests.send(
            call.operation,
            validity: call.validity,
            bodyLimit: isPage ? limits.pageBytes : limits.singleBytes,
            text: ServerText(secrets: secrets + identity.secrets)
        ) {
            form.request(for: call, identity: identity, now: requests.time.now)
        }
    }

    /// The body of a success; that of a mutation is not believed and so may have any size and form.
    private func body(of reply: HTTPExchange.Reply, _ call: APICall) throws(ServiceFailure) -> [UInt8] {
        if call.operation.isMutation { return [] }
        guard let body = reply.body else {
            throw .unintelligible(call.operation, "the reply is larger than anything the API sends", reply.status)
        }
        return body
    }
}

extension ServiceFailure {
    /// Whether the same request may well succeed in a moment.
    fileprivate var isWorthRetrying: Bool {
        switch kind {
        case .throttled: true
        // A 400 that is transient asks for a minute or more, which is the engine's business.
        case .transient: status != 400
        default: false
        }
    }

    /// A reply that is no reply to the question.
    static func unintelligible(_ operation: Operation, _ explanation: String, _ status: Int?) -> ServiceFailure {
        ServiceFailure(
            .unintelligible,
            doing: operation.doing,
            explanation: "\(explanation); check that service.endpoint is the address of ModelArts",
            status: status
        )
    }
}
