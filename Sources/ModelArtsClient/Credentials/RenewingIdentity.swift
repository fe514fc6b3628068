// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Logging
import Synchronization

/// An identity that ends: kept while it is good, and replaced in good time by one caller for all.
///
/// While one caller fetches, the others wait for what it gets, be it an identity or a failure; a caller that is cancelled
/// passes the task on. An early replacement that fails changes nothing as long as the old identity is good.
final class RenewingIdentity: Sendable {
    /// A fetched identity and its times.
    struct Fetched: Sendable {
        let identity: Identity
        /// From then on a new one is fetched, while this one is still accepted.
        let renewAt: Timestamp
        let expiresAt: Timestamp
    }

    /// How the task of fetching ended for those who waited.
    private enum Outcome: Sendable {
        case identity(Identity)
        case failure(ServiceFailure)
        /// Whoever fetched was cancelled; someone else has to.
        case abandoned
    }

    private struct State {
        var current: Fetched?
        var waiters: [Ticket<Outcome>] = []
        var isFetching = false
    }

    private enum Turn {
        case use(Identity)
        case wait(Ticket<Outcome>)
        case fetch
    }

    /// A failed early replacement is not tried again before this.
    private static let patience = Duration.seconds(60)

    private let state = Mutex(State())
    private let time: any TimeSource
    private let logger: Logger
    private let fetch: @Sendable () async throws(ServiceFailure) -> Fetched

    init(
        time: any TimeSource,
        logger: Logger,
        fetch: @escaping @Sendable () async throws(ServiceFailure) -> Fetched
    ) {
        self.time = time
        self.logger = logger
        self.fetch = fetch
    }

    /// The identity in force, fetched when there is none that is good.
    func current(doing: String) async throws(ServiceFailure) -> Identity {
        while true {
            switch turn() {
            case .use(let identity): return identity
            case .fetch: return try await fetchForAll(doing: doing)
            case .wait(let ticket):
                switch await ticket.value() {
                case .identity(let identity): return identity
                case .failure(let failure): throw failure.while(doing)
                case .abandoned: continue
                case nil: throw .cancelled(doing: doing)
                }
            }
        }
    }

    /// An identity other than the one that was refused; nil when a new one cannot be had, or is the same again.
    func replacement(for refused: Identity, doing: String) async throws(ServiceFailure) -> Identity? {
        state.withLock { state in
            if state.current?.identity == refused { state.current = nil }
        }
        let identity = try await current(doing: doing)
        return identity == refused ? nil : identity
    }

    private func turn() -> Turn {
        let now = time.now
        return state.withLock { state in
            if let current = state.current, now < current.renewAt || (state.isFetching && now < current.expiresAt) {
                return .use(current.identity)
            }
            if state.isFetching {
                let ticket = Ticket<Outcome>()
                state.waiters.append(ticket)
                return .wait(ticket)
            }
            state.isFetching = true
            return .fetch
        }
    }

    private func fetchForAll(doing: String) async throws(ServiceFailure) -> Identity {
        do {
            let fetched = try await fetch()
            finish(.identity(fetched.identity), replacing: fetched)
            return fetched.identity
        } catch {
            if Task.isCancelled {
                finish(.abandoned)
                throw error.while(doing)
            }
            guard let old = postponed() else {
                finish(.failure(error))
                throw error.while(doing)
            }
            logger.warning(
                "early renewal of the credentials failed, the old ones are still good",
                metadata: ["message.id": "\(MessageID.renewalOfCredentialsFailed.rawValue)", "error": "\(error)"]
            )
            finish(.identity(old))
            return old
        }
    }

    /// The old identity, when it is still good; its replacement is due again a little later.
    private func postponed() -> Identity? {
        let now = time.now
        return state.withLock { state in
            guard let current = state.current, now < current.expiresAt else { return nil }
            let renewAt = min(now + Self.patience, current.expiresAt)
            state.current = Fetched(identity: current.identity, renewAt: renewAt, expiresAt: current.expiresAt)
            return current.identity
        }
    }

    private func finish(_ outcome: Outcome, replacing fetched: Fetched? = nil) {
        let waiters = state.withLock { state in
            if let fetched { state.current = fetched }
            state.isFetching = false
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { _ = waiter.settle(outcome) }
    }
}
