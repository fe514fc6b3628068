// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What a policy would have done with all notebooks.
package struct Backtest: Sendable, Equatable {
    /// In the order of time.
    package var stops: [ReplayedStop]
    /// How long all notebooks together really ran.
    package var ran: Duration
    /// How long notebooks may have been over their budget while nothing tells whether they were in use.
    package var unjudged: Duration
    /// The first time at which the guard of stops would have frozen them all, and what it would have said; replays go on
    /// all the same.
    package var freeze: Freeze?

    package struct Freeze: Sendable, Equatable {
        package var at: Timestamp
        package var hold: Hold
    }

    /// What the time that the stops would have saved costs by the policy's prices; nil where it names none.
    package var savedMoney: SavedMoney?

    /// Money, as far as there are prices.
    package struct SavedMoney: Sendable, Equatable {
        package var amount: Money
        package var currency: String
        /// Stops of notebooks whose flavor has no price; they are not in the amount.
        package var unpriced: Int
    }

    /// The running time that the stops would have saved.
    package var saved: Duration { stops.reduce(.zero) { $0 + $1.saved } }

    /// Tries the policy on all that was recorded, as if it had been enforced.
    package init(of policy: Policy, on history: FleetHistory) {
        guard history.from < history.to else {
            (stops, ran, unjudged) = ([], .zero, .zero)
            return
        }
        let window = history.from..<history.to
        let replays = history.notebooks.map { Replay.result(of: policy, on: $0, within: window) }
        stops = replays.flatMap(\.stops).sorted { ($0.at, $0.notebook.id.text) < ($1.at, $1.notebook.id.text) }
        ran = replays.reduce(.zero) { $0 + $1.ran }
        unjudged = replays.reduce(.zero) { $0 + $1.unjudged }
        freeze = firstFreeze(history, policy.guards.stops)
        savedMoney = policy.prices.map(money)
    }

    private func money(_ prices: PriceList) -> SavedMoney {
        var (sum, unpriced) = (Int128(0), 0)
        for stop in stops {
            guard let price = prices.price(of: stop.notebook.flavor) else {
                unpriced += 1
                continue
            }
            sum += Int128(price.tenThousandths) * Int128(stop.saved.wholeMilliseconds)
        }
        let amount = Money(tenThousandths: Int64(clamping: (sum + 1_800_000) / 3_600_000))
        return SavedMoney(amount: amount, currency: prices.currency, unpriced: unpriced)
    }

    /// Stops at the very beginning were due before, and say nothing of how many come at a time.
    private func firstFreeze(_ history: FleetHistory, _ settings: GuardSettings.Stops) -> Freeze? {
        var first = 0
        let stops = stops.filter { $0.at > history.from }
        for (index, stop) in stops.enumerated() {
            while stop.at - stops[first].at > settings.within { first += 1 }
            let due = index - first + 1
            guard due > settings.count else { continue }
            let running = history.notebooks.count { notebook in
                notebook.runs.contains { $0.beganAt <= stop.at && $0.endedAt.map { $0 > stop.at } ?? true }
            }
            if let hold = GuardCheck.stops(due: due, recent: 0, running: running, settings: settings) {
                return Freeze(at: stop.at, hold: hold)
            }
        }
        return nil
    }
}

extension FleetHistory {
    /// The stops that the daemon really carried out.
    package var stops: Int { notebooks.reduce(0) { $0 + $1.stops.count { $0 >= from } } }
}
