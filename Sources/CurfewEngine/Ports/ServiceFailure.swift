// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// Why a call to the cloud did not do what it should, sorted by what the daemon has to do next.
package struct ServiceFailure: Error, Sendable, Equatable {
    package var kind: Kind
    /// What was being done: `listing notebooks (page at 50)`, `stopping notebook 1111…`.
    package var doing: String
    /// What happened and what to do next, for people; never holds a secret.
    package var explanation: String
    /// The HTTP status, where there was a reply.
    package var status: Int?
    /// The API's own code, such as `ModelArts.6309`.
    package var code: String?
    /// What the provider's support asks for.
    package var requestID: String?

    package enum Kind: Sendable, Equatable {
        /// The notebook does not exist (any more).
        case gone
        /// It is already in the state that was asked for.
        case alreadyDone
        /// Another operation runs on it, or its present status does not allow this one.
        case busy
        /// The cloud asks for fewer requests; nil when it does not say for how long.
        case throttled(retryAfter: Duration?)
        /// The credentials were refused.
        case authentication
        /// No request was sent, because too many in a row were refused; the next one goes out at the given instant.
        case authenticationPaused(until: Timestamp)
        /// This machine's clock and the cloud's differ too much for a signature to be accepted; positive when ours is
        /// ahead.
        case clockSkew(Duration)
        /// The identity may not do this; the name is the missing IAM action, such as `modelarts:notebook:stop`.
        case permission(action: String)
        /// The order could not be sent while it was valid; nothing was sent.
        case lapsed
        /// It will probably work when tried again.
        case transient
        /// The request may or may not have been carried out: the connection ended before the reply.
        case outcomeUnknown
        /// The reply was no reply: a wrong form or size.
        case unintelligible
        /// The cloud refuses this request whenever it comes.
        case rejected
    }

    package init(
        _ kind: Kind,
        doing: String,
        explanation: String,
        status: Int? = nil,
        code: String? = nil,
        requestID: String? = nil
    ) {
        self.kind = kind
        self.doing = doing
        self.explanation = explanation
        self.status = status
        self.code = code
        self.requestID = requestID
    }
}

extension ServiceFailure: CustomStringConvertible {
    /// One line: what was being done, what happened, what to do next.
    package var description: String {
        var parts: [String] = []
        if let status { parts.append("HTTP \(status)") }
        if let code { parts.append(code) }
        if let requestID { parts.append("request \(requestID)") }
        let origin = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
        return "\(doing): \(explanation)\(origin)"
    }
}
