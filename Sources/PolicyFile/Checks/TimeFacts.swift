// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// What is supposed of the present time; whether it lies in a `during` is always known.
struct TimeFacts {
    private var wanted: [During] = []
    private var excluded: [During] = []

    /// One proof looks at so many instants.
    private static let mostLooks = 3_000
    /// What looking at one costs, in the steps of `ProofEffort`.
    private static let costOfLook = 20

    /// Takes one more supposition; false when they contradict each other.
    mutating func take(_ stance: Claim.Stance, _ during: During, _ effort: ProofEffort) -> Bool {
        let isInside = stance == .yes || stance == .notNo
        if (isInside ? wanted : excluded).contains(during) { return true }
        if isInside { wanted.append(during) } else { excluded.append(during) }
        if effort.isSpent { return true }
        if (isInside ? excluded : wanted).contains(during) { return false }
        var looks = Self.mostLooks
        defer { effort.spend((Self.mostLooks - looks + 1) * Self.costOfLook * (wanted.count + excluded.count)) }
        return !During.isEmpty(wanted: wanted, excluded: excluded, looks: &looks)
    }
}
