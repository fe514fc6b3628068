// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Something that goes wrong on purpose, for requests that match.
package struct Fault: Sendable {
    /// Only requests of this operation; `nil` for all.
    package var operation: Operation?

    /// Only requests for this notebook; `nil` for all.
    package var notebook: String?

    /// Only requests whose path contains this text; `nil` for all.
    package var pathContaining: String?

    /// How many requests it spoils; `nil` for all to come.
    package var times: Int?

    /// Whether the operation takes effect although its reply is spoilt.
    package var isApplied: Bool

    package var effect: Effect

    /// What happens to the reply.
    package enum Effect: Sendable, Equatable {
        /// Another answer instead.
        case answer(WireAnswer)
        /// The right answer, delivered badly.
        case delivery(WireAnswer.Delivery)
    }

    /// A fault.
    /// - Parameters:
    ///   - effect: What happens to the reply.
    ///   - operation: Which operation; `nil` for all.
    ///   - notebook: Which notebook, by id; `nil` for all.
    ///   - times: How often; `nil` for ever.
    ///   - applied: Whether the operation takes effect although its reply is spoilt.
    package init(
        _ effect: Effect,
        on operation: Operation? = nil,
        notebook: String? = nil,
        times: Int? = 1,
        applied: Bool = false
    ) {
        self.effect = effect
        self.operation = operation
        self.notebook = notebook
        self.times = times
        isApplied = applied
    }

    func matches(_ route: Route, path: Substring) -> Bool {
        if let operation, operation != route.operation { return false }
        if let notebook, notebook != route.notebook { return false }
        if let pathContaining, !path.contains(pathContaining) { return false }
        return true
    }
}

extension Fault.Effect {
    /// A refusal in the shape of the API.
    package static func error(
        _ status: Int,
        _ code: String,
        _ message: String = "injected",
        headers: [WireAnswer.Header] = []
    ) -> Fault.Effect {
        var answer = APIError(status, code, message).answer(requestID: "injected")
        answer.headers += headers
        return .answer(answer)
    }

    /// A success whose body is anything but JSON.
    package static var garbage: Fault.Effect {
        .answer(WireAnswer(status: 200, headers: [.init("Content-Type", "application/json")], body: [0, 255, 123, 10]))
    }

    /// The head promises the whole body, but the connection closes after that many bytes of it.
    package static func truncated(afterBytes count: Int) -> Fault.Effect { .delivery(.truncated(afterBytes: count)) }

    /// The connection closes without a reply.
    package static var connectionClosed: Fault.Effect { .delivery(.connectionClosed) }

    /// The reply comes after that many milliseconds of real time.
    package static func delayed(milliseconds: Int) -> Fault.Effect { .delivery(.delayed(milliseconds: milliseconds)) }

    /// No reply comes until `SimulatedCloud.releaseHeldReplies()`.
    package static var held: Fault.Effect { .delivery(.held) }
}
