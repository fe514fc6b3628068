// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import DequeModule

/// How many requests may be under way while credentials may be wrong; the pure half of `AuthenticationGate`.
///
/// More than five refused signatures in a row lock an access key for five minutes for everyone who uses it (ModelArts
/// API reference, section 8.3). So the requests in flight, each of which may be refused, and those refused in a row are
/// never more than three together. After three, nothing goes out for a pause longer than the lock; then one at a time
/// until one is accepted, and another refusal starts the pause anew.
struct GateState<Waiter> {
    private enum Mode: Equatable {
        case open
        case paused(until: Timestamp)
        /// After a pause, until a request is accepted.
        case probing
    }

    /// What becomes of a request.
    enum Effect {
        case admit(Waiter)
        case refuse(Waiter, until: Timestamp)
    }

    private let limit: Int
    private let pause: Duration
    private var mode = Mode.open
    private var inFlight = 0
    private var failures = 0
    private var waiting: [AuthenticationGate.Priority: Deque<Waiter>] = [:]

    init(limit: Int, pause: Duration) {
        self.limit = limit
        self.pause = pause
    }

    /// When the next request goes out, while none does.
    func pausedUntil(now: Timestamp) -> Timestamp? {
        guard case .paused(let until) = mode, now < until else { return nil }
        return until
    }

    private var mayAdmit: Bool {
        switch mode {
        case .open: inFlight + failures < limit
        case .probing: inFlight == 0
        case .paused: false
        }
    }

    /// A request wants to go out.
    mutating func handle(arrival waiter: Waiter, priority: AuthenticationGate.Priority, now: Timestamp) -> [Effect] {
        if case .paused(let until) = mode {
            // A clock that was set back must not prolong the pause.
            let bounded = min(until, now + pause)
            guard now >= bounded else {
                mode = .paused(until: bounded)
                return [.refuse(waiter, until: bounded)]
            }
            mode = .probing
        }
        waiting[priority, default: []].append(waiter)
        return admitted()
    }

    /// A request that was admitted has ended.
    mutating func handle(end verdict: AuthenticationGate.Verdict, now: Timestamp) -> [Effect] {
        inFlight -= 1
        switch verdict {
        case .undecided: break
        case .accepted:
            failures = 0
            if mode == .probing { mode = .open }
        case .refused:
            failures += 1
            if failures >= limit || mode == .probing { return closed(until: now + pause) }
        }
        return admitted()
    }

    private mutating func closed(until: Timestamp) -> [Effect] {
        mode = .paused(until: until)
        defer { waiting = [:] }
        return AuthenticationGate.Priority.allCases.flatMap { waiting[$0, default: []] }
            .map { .refuse($0, until: until) }
    }

    private mutating func admitted() -> [Effect] {
        var effects: [Effect] = []
        while mayAdmit, let waiter = next() {
            inFlight += 1
            effects.append(.admit(waiter))
        }
        return effects
    }

    private mutating func next() -> Waiter? {
        for priority in AuthenticationGate.Priority.allCases {
            if let waiter = waiting[priority]?.popFirst() { return waiter }
        }
        return nil
    }
}
