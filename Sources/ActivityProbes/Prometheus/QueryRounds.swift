// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

/// Lets many who want to know something of a whole fleet share one question.
///
/// There is one round at a time. Whoever comes while it runs waits for the next one together with all others, so that an
/// answer always rests on a question that began after it was wanted (I2). The first of those who wait asks for all of
/// them: no task outlives its caller.
actor QueryRounds {
    typealias Answer = [Duration: PrometheusView]

    private let time: any TimeSource
    /// How long a round waits after the one before has begun, at most, for more to join it.
    private let longestGap: Duration
    private let ask: @Sendable ([Duration]) async -> Answer
    private var isRunning = false
    private var lastBegan: Timestamp?
    /// The round that has not begun, if anybody waits for one.
    private var next: Round?
    /// Who will ask for the next round, while another one runs.
    private var leader: CheckedContinuation<Void, Never>?

    private final class Round {
        var budgets: Set<Duration>
        var others: [CheckedContinuation<Answer, Never>] = []

        init(_ budgets: Set<Duration>) {
            self.budgets = budgets
        }
    }

    init(time: any TimeSource, longestGap: Duration, ask: @escaping @Sendable ([Duration]) async -> Answer) {
        self.time = time
        self.longestGap = longestGap
        self.ask = ask
    }

    /// The answer to a question that begins after this call, for these budgets at least.
    func answer(for budgets: Set<Duration>) async -> Answer {
        if let next {
            next.budgets.formUnion(budgets)
            return await withCheckedContinuation { next.others.append($0) }
        }
        let round = Round(budgets)
        next = round
        if isRunning {
            await withCheckedContinuation { leader = $0 }
        } else {
            isRunning = true
        }
        await keepDistance(round)
        next = nil
        lastBegan = time.now
        let answer = await ask(round.budgets.sorted())
        for other in round.others { other.resume(returning: answer) }
        if let leader {
            self.leader = nil
            leader.resume()
        } else {
            isRunning = false
        }
        return answer
    }

    /// Waits until the last round began long enough ago: a moment that does not matter to the shortest budget.
    private func keepDistance(_ round: Round) async {
        guard let lastBegan, let shortest = round.budgets.min() else { return }
        let now = time.now
        let gap = min(longestGap, shortest / 16)
        guard lastBegan <= now, now - lastBegan < gap else { return }
        // The only error is cancellation, and then the question itself fails at once.
        try? await time.sleep(until: lastBegan + gap)
    }
}
