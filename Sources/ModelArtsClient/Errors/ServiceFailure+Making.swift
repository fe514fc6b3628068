// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewEngine

/// Failures that need no reply.
extension ServiceFailure {
    /// The daemon itself gave the call up, and nothing went out.
    static func cancelled(doing: String) -> ServiceFailure {
        ServiceFailure(.transient, doing: doing, explanation: "it was cancelled, because the daemon no longer waits")
    }

    /// The request stood in a queue until its order had lapsed.
    static func lapsed(doing: String) -> ServiceFailure {
        ServiceFailure(
            .lapsed,
            doing: doing,
            explanation: "nothing was sent, because other requests were slow and what was read before grew old; it is "
                + "read again"
        )
    }

    /// The gate let no request out.
    static func kept(_ refusal: AuthenticationGate.Refusal, doing: String, advice: String) -> ServiceFailure {
        switch refusal {
        case .cancelled: .cancelled(doing: doing)
        case .paused(let until):
            ServiceFailure(
                .authenticationPaused(until: until),
                doing: doing,
                explanation: "no request goes out until \(until), because the credentials were refused "
                    + "\(AuthenticationGate.limit) times in a row and more would lock them; \(advice)"
            )
        }
    }

    /// There was no reply.
    static func noReply(_ transport: TransportFailure, to operation: Operation) -> ServiceFailure {
        switch (transport.kind, operation.isMutation) {
        case (.notSent, _):
            ServiceFailure(
                .transient,
                doing: operation.doing,
                explanation: "\(transport.text); check the network, the name and the port of the address"
            )
        case (_, true):
            ServiceFailure(
                .outcomeUnknown,
                doing: operation.doing,
                explanation: "\(transport.text); it may or may not have been done, look at the notebook again"
            )
        case (_, false):
            ServiceFailure(.transient, doing: operation.doing, explanation: "\(transport.text); try again")
        }
    }

    /// The same failure, met while doing something else that needed what failed.
    func `while`(_ doing: String) -> ServiceFailure {
        var copy = self
        if copy.doing != doing { copy.doing = "\(doing), \(copy.doing)" }
        return copy
    }
}
