// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What an hour of running costs, by flavor.
package struct PriceList: Hashable, Sendable {
    /// A code of three letters (ISO 4217); nothing is converted.
    package var currency: String
    /// In order: the first entry whose glob matches the flavor has its price.
    package var perHour: [Entry]

    package struct Entry: Hashable, Sendable {
        package var flavor: Glob
        package var price: Money

        package init(flavor: Glob, price: Money) {
            (self.flavor, self.price) = (flavor, price)
        }
    }

    package init(currency: String, perHour: [Entry]) {
        (self.currency, self.perHour) = (currency, perHour)
    }

    /// The price of an hour; nil for a flavor that nobody told, or that no entry matches.
    package func price(of flavor: String?) -> Money? {
        guard let flavor else { return nil }
        return perHour.first { $0.flavor.matches(flavor) }?.price
    }
}
