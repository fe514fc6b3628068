// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CurfewCore
import CurfewEngine
import Logging

/// Sends authenticated requests: not during a pause, not past the gate, and judged when they come back.
struct GuardedExchange: Sendable {
    let exchange: HTTPExchange
    let gate: AuthenticationGate
    let pause: ClientPause
    let time: any TimeSource
    let logger: Logger
    let credentials: CredentialHint
    let schedule: RetrySchedule
    let timeout: Duration

    /// What came back.
    enum Answer {
        /// A status of success.
        case reply(HTTPExchange.Reply)
        case refusal(RefusalReport)
        case silence(TransportFailure)
    }

    /// Sends one request once.
    ///
    /// It is made when its turn has come, because a signature holds the time. Waiting out a pause is for reads only: what
    /// changes a notebook was decided on facts that are too old after it.
    func send(
        _ operation: Operation,
        validity: OrderValidity? = nil,
        bodyLimit: Int,
        text: ServerText,
        request: () -> HTTPClientRequest
    ) async throws(ServiceFailure) -> Answer {
        try await admission(operation)
        guard validity?.holds(at: time.now) ?? true else {
            gate.leave(.undecided)
            throw .lapsed(doing: operation.doing)
        }
        let reply: HTTPExchange.Reply
        do {
            reply = try await exchange.perform(request(), timeout: timeout, bodyLimit: bodyLimit)
        } catch {
            gate.leave(.undecided)
            logger.debug(
                "request without reply",
                metadata: [
                    "message.id": "\(MessageID.exchange.rawValue)", "request.doing": "\(operation.doing)",
                    "error": "\(error.text)",
                ]
            )
            return .silence(error)
        }
        logger.debug(
            "reply",
            metadata: [
                "message.id": "\(MessageID.exchange.rawValue)", "request.doing": "\(operation.doing)",
                "http.method": "\(operation.method)", "http.status": "\(reply.status)",
            ]
        )
        guard (200...299).contains(reply.status) else {
            let report = RefusalReport(
                operation: operation,
                reply: reply,
                error: ErrorReply(reply.body ?? []),
                credentials: credentials,
                text: text,
                now: time.now
            )
            gate.leave(report.refusal.verdict(status: reply.status, code: report.error.code))
            return .refusal(report)
        }
        // A token proves itself only when the service accepts it, or else a service that refuses every token would be
        // asked for ever.
        gate.leave(operation == .getToken ? .undecided : .accepted)
        return .reply(reply)
    }

    /// Returns with a place at the gate, while no pause holds.
    private func admission(_ operation: Operation) async throws(ServiceFailure) {
        while true {
            try await waitOutPause(operation)
            do {
                try await gate.enter(operation.priority)
            } catch {
                throw .kept(error, doing: operation.doing, advice: credentials.advice)
            }
            // Another reply may have brought a pause while this request stood in the queue.
            if pause.remaining(now: time.now) == nil { return }
            gate.leave(.undecided)
        }
    }

    private func waitOutPause(_ operation: Operation) async throws(ServiceFailure) {
        while let remaining = pause.remaining(now: time.now) {
            guard !operation.isMutation, remaining <= schedule.longestWait else {
                throw ServiceFailure(
                    .throttled(retryAfter: remaining),
                    doing: operation.doing,
                    explanation: "nothing was sent, because the cloud asked for silence; if this goes on, raise "
                        + "service.pollEvery"
                )
            }
            try await sleep(remaining, doing: operation.doing)
        }
    }

    /// Waits in the daemon's time.
    func sleep(_ span: Duration, doing: String) async throws(ServiceFailure) {
        do {
            try await time.sleep(until: time.now + span)
        } catch {
            throw .cancelled(doing: doing)
        }
    }
}
