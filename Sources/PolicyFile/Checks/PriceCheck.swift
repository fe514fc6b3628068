// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Warns of prices that leave flavors out, where a rule asks for costs.
struct PriceCheck {
    let sink: DiagnosticSink
    /// Where `prices` stands.
    let place: Place

    func run(_ prices: PriceList, _ rules: [PlacedRule]) {
        let asking = rules.first { $0.rule.match.budgets.contains { $0.cost != nil } }
        guard let asking, !prices.perHour.contains(where: { $0.flavor.pattern == "*" }) else { return }
        sink.warning(
            place,
            "a flavor that no entry of `perHour` matches has no price, and a budget in money (rule "
                + "\(Quoted.value(asking.rule.name))) is unknown where one runs; end the list with {flavor: \"*\", price: …}"
        )
    }
}
