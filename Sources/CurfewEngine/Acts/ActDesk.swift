// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Synchronization

/// Where those wait who asked for an act, until the loop answers.
final class ActDesk: Sendable {
    typealias Answer = Result<ActOutcome, ActRefusal>

    private struct State {
        var last = 0
        var waiting: [Int: CheckedContinuation<Answer, Never>] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Hands the act's number to `submit` and waits for its answer.
    func ask(_ submit: (Int) -> Void) async -> Answer {
        await withCheckedContinuation { continuation in
            let number = state.withLock { state -> Int? in
                guard !state.isClosed else { return nil }
                state.last += 1
                state.waiting[state.last] = continuation
                return state.last
            }
            if let number { submit(number) } else { continuation.resume(returning: .failure(.ending)) }
        }
    }

    /// Gives the answer to whoever waits for it.
    func answer(_ number: Int, _ answer: Answer) {
        state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: answer)
    }

    /// Turns away everybody who waits, and everybody who comes.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return state.waiting.values.map { $0 }
        }
        for continuation in waiting { continuation.resume(returning: .failure(.ending)) }
    }
}
