// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Logging
import Synchronization

/// The gate that every authenticated request passes, so that wrong credentials never become a storm.
///
/// It bounds the requests in flight to three as well. See `GateState` for the rule; this half makes tasks wait.
final class AuthenticationGate: Sendable {
    /// Who goes first when several wait.
    enum Priority: Sendable, CaseIterable {
        case order
        case single
        case page
    }

    /// What the end of a request told about the credentials.
    enum Verdict: Sendable, Equatable {
        /// They were accepted, whatever became of the request.
        case accepted
        case refused
        /// There was no reply, or one that was given without looking at them.
        case undecided
    }

    /// No request goes out now.
    enum Refusal: Error, Equatable {
        case paused(until: Timestamp)
        case cancelled
    }

    /// The requests in flight and the refusals in a row, together.
    static let limit = 3
    /// Longer than the five minutes for which the cloud locks an access key.
    static let pause = Duration.seconds(6 * 60)

    private typealias Admission = Result<Bool, Refusal>

    private let state: Mutex<GateState<Ticket<Admission>>>
    private let time: any TimeSource
    private let logger: Logger

    init(time: any TimeSource, logger: Logger) {
        self.state = Mutex(GateState(limit: Self.limit, pause: Self.pause))
        self.time = time
        self.logger = logger
    }

    /// Waits for a place; whoever gets one calls `leave` once.
    func enter(_ priority: Priority) async throws(Refusal) {
        let ticket = Ticket<Admission>()
        let now = time.now
        run(state.withLock { $0.handle(arrival: ticket, priority: priority, now: now) })
        guard let admission = await ticket.value() else { throw .cancelled }
        _ = try admission.get()
    }

    /// Gives the place back.
    func leave(_ verdict: Verdict) {
        let now = time.now
        let (effects, pausedUntil) = state.withLock { ($0.handle(end: verdict, now: now), $0.pausedUntil(now: now)) }
        if verdict == .refused, let pausedUntil {
            logger.error(
                "credentials refused too often, no request goes out for a while",
                metadata: [
                    "message.id": "\(MessageID.credentialsPaused.rawValue)",
                    "authentication.paused-until": "\(pausedUntil)",
                ]
            )
        }
        run(effects)
    }

    private func run(_ effects: [GateState<Ticket<Admission>>.Effect]) {
        var remaining = effects
        while let effect = remaining.popLast() {
            switch effect {
            case .admit(let ticket):
                if ticket.settle(.success(true)) { continue }
                // A task that was cancelled while it waited cannot use its place; the next one gets it.
                let now = time.now
                remaining += state.withLock { $0.handle(end: .undecided, now: now) }
            case .refuse(let ticket, let until):
                _ = ticket.settle(.failure(.paused(until: until)))
            }
        }
    }
}
