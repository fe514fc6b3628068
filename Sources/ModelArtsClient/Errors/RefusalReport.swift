// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import NIOHTTP1

/// Turns a refusing reply into the failure that the engine and people see.
struct RefusalReport {
    let operation: Operation
    let reply: HTTPExchange.Reply
    let error: ErrorReply
    let credentials: CredentialHint
    let text: ServerText
    let now: Timestamp

    /// The largest difference of clocks that the gateway accepts (ModelArts API reference, section 8.3).
    private static let largestSkew = Duration.seconds(15 * 60)

    var refusal: Refusal { Refusal(status: reply.status, code: error.code) }

    /// The failure, with the server's own words where they can be shown.
    var failure: ServiceFailure {
        var explanation = explanation
        if let words = text.quotable(error.message) { explanation += "; the reply says \"\(words)\"" }
        return ServiceFailure(
            kind,
            doing: operation.doing,
            explanation: explanation,
            status: reply.status,
            code: text.identifier(error.code),
            requestID: text.identifier(reply.headers.first(name: "x-request-id"))
        )
    }

    /// How long the cloud asks to wait, where it says so: in seconds or as a date (RFC 9110, section 10.2.3).
    var retryAfter: Duration? {
        guard let text = reply.headers.first(name: "retry-after") else { return nil }
        if let seconds = Int64(text), seconds >= 0 { return .seconds(min(seconds, 86_400)) }
        guard let date = HTTPDate.parse(text) else { return nil }
        return max(.zero, date - (replyDate ?? now))
    }

    private var replyDate: Timestamp? { reply.headers.first(name: "date").flatMap { HTTPDate.parse($0) } }

    /// How far this machine's clock is ahead of the cloud's, where that alone explains a refused signature.
    private var skew: Duration? {
        guard credentials.isSigned, reply.status == 401, let replyDate else { return nil }
        let skew = now - replyDate
        return skew > Self.largestSkew || skew < .zero - Self.largestSkew ? skew : nil
    }

    private var kind: ServiceFailure.Kind {
        switch refusal {
        case .gone: .gone
        case .alreadyStopped: if case .stop = operation { .alreadyDone } else { .busy }
        case .busy: .busy
        case .throttled: .throttled(retryAfter: retryAfter)
        case .credentials: skew.map { .clockSkew($0) } ?? .authentication
        case .account: .authentication
        case .permission: operation == .getToken ? .authentication : .permission(action: operation.action)
        case .project, .noSuchAPI, .frozen, .other: .rejected
        case .transient: .transient
        case .gatewayTimeout: operation.isMutation ? .outcomeUnknown : .transient
        case .redirect: .unintelligible
        }
    }

    private var explanation: String {
        switch refusal {
        case .gone: "the notebook does not exist (any more)"
        case .alreadyStopped: "the notebook is stopped already"
        case .busy: "another operation runs on the notebook, or its status does not allow this; try again later"
        case .throttled: "the cloud asks for fewer requests; if this goes on, raise service.pollEvery"
        case .credentials:
            if let skew {
                "this machine's clock is \(abs(skew.wholeMilliseconds) / 60_000) min \(skew > .zero ? "ahead of" : "behind")"
                    + " the cloud's, so no signature is accepted; set the clock and check its time synchronisation"
            } else {
                "the credentials were refused; \(credentials.advice)"
            }
        case .account: "the account is suspended or restricted; ask whoever pays for it"
        case .project:
            "the credentials belong to another project; check service.projectID and \(credentials.place)"
        case .permission:
            operation == .getToken
                ? "the user may not sign in this way; \(credentials.advice)"
                : "the identity lacks the permission \(operation.action); grant it in IAM"
        case .noSuchAPI:
            "the address leads to nothing; check \(operation == .getToken ? "the IAM" : "service.endpoint, the")"
                + " address and service.projectID"
        case .frozen: "the notebook is frozen because bills are open; settle them"
        case .transient: "the cloud could not do it just now; try again"
        case .gatewayTimeout:
            operation.isMutation
                ? "the gateway stopped waiting, so it may or may not have been done; look at the notebook again"
                : "the cloud took too long; try again"
        case .redirect: "the reply leads to another address, which is not followed; check service.endpoint"
        case .other: "the cloud refuses this request whenever it comes"
        }
    }
}
