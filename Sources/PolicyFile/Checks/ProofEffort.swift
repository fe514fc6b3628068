// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How much proving one load of a policy may still do, so that no file can stall a load.
///
/// A class, because all proofs of one load draw on it; it never leaves the load that it is for. Counted in steps of one
/// glob over one character, some ten nanoseconds each. Once it is spent, nothing more is proved.
package final class ProofEffort {
    /// Far above what a policy of a thousand rules takes.
    package static let ofOneLoad = 20_000_000

    /// The steps taken up to now, at most one large step above the bound.
    package private(set) var steps = 0
    private let bound: Int
    /// The steps at which the present proof ends.
    private var limit: Int

    package init(_ bound: Int = ofOneLoad) {
        self.bound = bound
        limit = bound
    }

    var isSpent: Bool { steps >= limit }

    /// Runs one proof, which may take so many steps, so that one odd rule leaves enough for the others.
    func limiting(to steps: Int, _ proof: () -> Bool) -> Bool {
        limit = min(bound, self.steps + steps)
        defer { limit = bound }
        return proof()
    }

    func spend(_ steps: Int) {
        self.steps += steps
    }
}
