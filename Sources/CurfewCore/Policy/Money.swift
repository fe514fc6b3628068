// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// An amount of money, exact to a ten-thousandth of the currency's unit.
///
/// Whole numbers, because sums of binary fractions depend on their order, and a limit must not.
package struct Money: Hashable, Sendable {
    package let tenThousandths: Int64

    package init(tenThousandths: Int64) {
        self.tenThousandths = tenThousandths
    }

    /// The largest amount that a policy may name: a million million units.
    package static let largest = Money(tenThousandths: 10_000_000_000_000_000)
}

extension Money: CustomStringConvertible {
    /// The amount with two decimals, or with four where they tell more: `103.20`, `0.0125`.
    package var description: String {
        let (units, rest) = tenThousandths.quotientAndRemainder(dividingBy: 10_000)
        let digits = String(10_000 + rest).dropFirst()
        return "\(units).\(digits.hasSuffix("00") ? digits.prefix(2) : digits)"
    }
}
